"""What Keras 3 computes on pictures: writes test/golden/fixtures/ops/{resize,images,convolutions}.json."""

import os
import sys

sys.path.pop(0)  # a sibling's name hides the standard library's random
os.environ["KERAS_BACKEND"] = "jax"
import jax

jax.config.update("jax_enable_x64", True)
import keras
import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from cases import case
from fixtures import write

rng = np.random.default_rng(5)
ops = keras.ops
keras.config.set_floatx("float64")


def f64(*shape):
    return rng.uniform(-2, 2, shape).round(3)


resized = []
picture = f64(1, 5, 6, 2)
for interpolation in ("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"):
    for size in ([8, 9], [3, 4], [5, 2], [1, 1]):
        result = ops.image.resize(picture, size, interpolation=interpolation, data_format="channels_last")
        resized.append(case("resize", [picture, size, {"interpolation": interpolation}], result))
    if interpolation != "nearest":
        for size in ([3, 3], [2, 9]):
            result = ops.image.resize(picture, size, interpolation=interpolation, antialias=True, data_format="channels_last")
            resized.append(case("resize", [picture, size, {"interpolation": interpolation, "antialias": True}], result))
single = f64(4, 3, 1).astype(np.float32)
resized.append(case("resize", [single, [7, 5]], ops.image.resize(single, [7, 5], data_format="channels_last")))

write("ops/resize.json", resized)

images = []
picture = f64(1, 5, 4, 2)
for options in (dict(size=2), dict(size=(3, 2), strides=(2, 1)), dict(size=3, strides=1, padding="same"), dict(size=2, strides=1, dilation_rate=2)):
    named = {"dilationRate" if k == "dilation_rate" else k: list(v) if isinstance(v, tuple) else v for k, v in options.items()}
    result = ops.image.extract_patches(picture, **options, data_format="channels_last")
    images.append(case("extractPatches", [picture, named], result))

blocks = f64(1, 4, 6, 3)
deep = blocks.reshape(1, 2, 2, 3, 2, 3).transpose(0, 1, 3, 2, 4, 5).reshape(1, 2, 3, 12)
images += [case("spaceToDepth", [blocks, 2], deep), case("depthToSpace", [deep, 2], blocks)]

write("ops/images.json", images)

convolutions = []
kernel = f64(3, 2, 2, 3)
for options in ({}, {"padding": "same", "strides": 2}):
    convolutions.append(case("depthwiseConv2d", [picture, kernel, options], ops.depthwise_conv(picture, kernel, **options, data_format="channels_last")))
mix = f64(1, 1, 6, 4)
convolutions.append(case("separableConv2d", [picture, kernel, mix], ops.separable_conv(picture, kernel, mix, data_format="channels_last")))
line, kernel, mix = f64(2, 7, 3), f64(3, 3, 2), f64(1, 6, 2)
convolutions.append(case("depthwiseConv1d", [line, kernel], ops.depthwise_conv(line, kernel, data_format="channels_last")))
convolutions.append(case("separableConv1d", [line, kernel, mix, {"padding": "same"}], ops.separable_conv(line, kernel, mix, padding="same", data_format="channels_last")))

for op, x, kernel in (("convTranspose1d", f64(2, 4, 3), f64(3, 2, 3)), ("convTranspose2d", f64(1, 3, 4, 2), f64(2, 3, 3, 2)), ("convTranspose3d", f64(1, 2, 3, 2, 2), f64(3, 2, 2, 1, 2))):
    for options in (dict(), dict(strides=2, padding="same"), dict(strides=3), dict(strides=2, output_padding=1), dict(strides=2, padding="same", output_padding=1), dict(dilation_rate=2, padding="same")):
        named = {{"output_padding": "outputPadding", "dilation_rate": "dilationRate"}.get(k, k): v for k, v in options.items()}
        convolutions.append(case(op, [x, kernel, named], ops.conv_transpose(x, kernel, **options, data_format="channels_last")))

volume = f64(2, 3, 2, 2, 3)
convolutions += [case("globalAvgPool", [volume], volume.mean((1, 2, 3))), case("globalMaxPool", [picture], picture.max((1, 2)))]
write("ops/convolutions.json", convolutions)
