"""Poolings of Keras 3: writes fixtures/layers/pooling.json and global-pooling.json."""

from golden import write
from keras import layers
from layer_case import IMAGES, STEPS, VOLUMES, both

pooling = []
for kind, name in (("maxPooling", "MaxPooling"), ("averagePooling", "AveragePooling")):
    one, two, three = (getattr(layers, f"{name}{rank}D") for rank in (1, 2, 3))
    pooling += [
        both(f"{kind}1d", one, STEPS, poolSize=2),
        both(f"{kind}1d", one, STEPS, poolSize=3, strides=2, padding="same"),
        both(f"{kind}1d", one, STEPS, poolSize=2, dataFormat="channelsFirst", strides=1),
        both(f"{kind}2d", two, IMAGES, poolSize=2),
        both(f"{kind}2d", two, IMAGES, poolSize=3, strides=2, padding="same"),
        both(f"{kind}2d", two, IMAGES, poolSize=[2, 1], strides=[1, 2]),
        both(f"{kind}2d", two, IMAGES, poolSize=2, dataFormat="channelsFirst"),
        both(f"{kind}3d", three, VOLUMES, poolSize=2),
        both(f"{kind}3d", three, VOLUMES, poolSize=[1, 3, 2], strides=2, padding="same"),
        both(f"{kind}3d", three, VOLUMES, poolSize=2, strides=[1, 1, 2]),
    ]

whole = []
for kind, name in (("globalMaxPooling", "GlobalMaxPooling"), ("globalAveragePooling", "GlobalAveragePooling")):
    for rank, x in ((1, STEPS), (2, IMAGES), (3, VOLUMES)):
        keras_class = getattr(layers, f"{name}{rank}D")
        whole += [
            both(f"{kind}{rank}d", keras_class, x),
            both(f"{kind}{rank}d", keras_class, x, keepDims=True),
            both(f"{kind}{rank}d", keras_class, x, dataFormat="channelsFirst"),
        ]

adaptive = []
for kind, name in (("adaptiveMaxPooling", "AdaptiveMaxPooling"), ("adaptiveAveragePooling", "AdaptiveAveragePooling")):
    one, two, three = (getattr(layers, f"{name}{rank}D") for rank in (1, 2, 3))
    adaptive += [
        both(f"{kind}1d", one, STEPS, outputSize=3),
        both(f"{kind}1d", one, STEPS, outputSize=8),
        both(f"{kind}1d", one, STEPS, outputSize=2, dataFormat="channelsFirst"),
        both(f"{kind}2d", two, IMAGES, outputSize=3),
        both(f"{kind}2d", two, IMAGES, outputSize=[4, 1]),
        both(f"{kind}2d", two, IMAGES, outputSize=[2, 1], dataFormat="channelsFirst"),
        both(f"{kind}3d", three, VOLUMES, outputSize=2),
        both(f"{kind}3d", three, VOLUMES, outputSize=[3, 2, 1]),
        both(f"{kind}3d", three, VOLUMES, outputSize=1),
    ]

write("layers", "pooling", pooling)
write("layers", "global-pooling", whole)
write("layers", "adaptive-pooling", adaptive)
