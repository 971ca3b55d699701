"""Dense layers between any axes, of Keras 3: writes fixtures/layers/einsum-dense.json."""

from golden import write
from keras import layers
from layer_case import IMAGES, SEQUENCES, VECTORS, both

DENSE = layers.EinsumDense
write(
    "layers",
    "einsum-dense",
    [
        both("einsumDense", DENSE, VECTORS, equation="ab,bc->ac", outputShape=3, biasAxes="c"),
        both("einsumDense", DENSE, SEQUENCES, equation="abc,cd->abd", outputShape=[None, 2], activation="relu"),
        both("einsumDense", DENSE, SEQUENCES, equation="...x,xy->...y", outputShape=5, biasAxes="y"),
        both("einsumDense", DENSE, SEQUENCES, equation="abc,cde->abde", outputShape=[3, 2, 3], biasAxes="de"),
        both("einsumDense", DENSE, SEQUENCES, equation="abc,bd->adc", outputShape=[2, 4], biasAxes="d"),
        both("einsumDense", DENSE, IMAGES[:, :3, :2], equation="ab...,bc->ac...", outputShape=4, biasAxes="c"),
        both("einsumDense", DENSE, SEQUENCES, equation="abc,bcd->ad", outputShape=3),
    ],
)
