"""Activation layers of Keras 3: writes fixtures/layers/activations.json."""

from golden import write
from keras import layers
from layer_case import IMAGES, SEQUENCES, VECTORS, both

write(
    "layers",
    "activations",
    [
        both("relu", layers.ReLU, SEQUENCES),
        both("relu", layers.ReLU, SEQUENCES, maxValue=1, negativeSlope=0.1),
        both("relu", layers.ReLU, SEQUENCES, threshold=0.5, negativeSlope=0.2),
        both("leakyRelu", layers.LeakyReLU, SEQUENCES),
        both("leakyRelu", layers.LeakyReLU, VECTORS, negativeSlope=0.01),
        both("leakyRelu", layers.LeakyReLU, VECTORS, negativeSlope=0),
        both("prelu", layers.PReLU, VECTORS),
        both("prelu", layers.PReLU, SEQUENCES, sharedAxes=[1]),
        both("prelu", layers.PReLU, IMAGES[:, :3, :3], sharedAxes=[1, 2]),
        both("elu", layers.ELU, VECTORS),
        both("elu", layers.ELU, SEQUENCES, alpha=0.5),
        both("elu", layers.ELU, SEQUENCES, alpha=2),
        both("softmax", layers.Softmax, SEQUENCES),
        both("softmax", layers.Softmax, SEQUENCES, axis=1),
        both("softmax", layers.Softmax, SEQUENCES, axis=[1, 2]),
    ],
)
