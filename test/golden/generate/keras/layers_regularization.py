"""Noise layers of Keras 3 outside of training, and the two values alpha dropout makes of a one in training."""

from golden import np, write
from keras import layers
from layer_case import IMAGES, SEQUENCES, VECTORS, VOLUMES, both

RATE = 0.25
values = np.unique(np.asarray(layers.AlphaDropout(RATE, seed=1)(np.ones((50, 50), "float32"), training=True)))
assert len(values) == 2

cases = []
for kind, keras_class in (("gaussianDropout", layers.GaussianDropout), ("alphaDropout", layers.AlphaDropout)):
    cases += [both(kind, keras_class, x, rate=rate) for x, rate in ((VECTORS, 0.5), (SEQUENCES, 0.1), (VECTORS, 0))]
cases += [both("gaussianNoise", layers.GaussianNoise, VECTORS, stddev=stddev) for stddev in (0, 0.5, 1)]
for kind, keras_class, x in (
    ("spatialDropout1d", layers.SpatialDropout1D, SEQUENCES),
    ("spatialDropout2d", layers.SpatialDropout2D, IMAGES[:1, :3, :3]),
    ("spatialDropout3d", layers.SpatialDropout3D, VOLUMES[:, :2, :2]),
):
    cases += [both(kind, keras_class, x, rate=rate) for rate in (0, 0.3, 0.9)]

write("layers", "regularization", cases)
write("layers", "alpha-dropout", {"rate": RATE, "dropped": float(values[0]), "kept": float(values[1])})
