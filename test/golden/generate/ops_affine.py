"""What Keras 3 makes of pictures that are moved, turned and sheared: writes test/golden/fixtures/ops/affine.json."""

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

rng = np.random.default_rng(11)

# a0, a1, a2, b0, b1, b2: a turn with a shift, a zoom out far beyond the borders, a shear
TURN = [0.8, -0.6, 1.3, 0.6, 0.8, -0.9, 0, 0]
ZOOM = [-2.7, 0, 4.4, 0, 2.3, -3.6, 0, 0]
SHEAR = [1, 0.35, -0.45, -0.2, 1, 0.15, 0, 0]
HALVES = [1, 0, 0.5, 0, 1, -1.5, 0, 0]
pair = rng.uniform(-2, 2, (2, 4, 5, 2)).round(3)
single = rng.uniform(-2, 2, (5, 4, 1)).round(3)
strip = rng.uniform(-2, 2, (1, 1, 4, 1)).round(3)

cases = []


def add(images, transform, **options):
    named = {{"fill_mode": "fillMode", "fill_value": "fillValue"}.get(k, k): v for k, v in options.items()}
    matrix = np.array(transform, dtype="float64")
    result = keras.ops.image.affine_transform(images, matrix, **options, data_format="channels_last")
    cases.append(case("affineTransform", [images, matrix, named], result))


for mode in ("constant", "nearest", "wrap", "mirror", "reflect"):
    for interpolation in ("nearest", "bilinear"):
        add(pair, [TURN, ZOOM], fill_mode=mode, interpolation=interpolation)
        add(single, SHEAR, fill_mode=mode, interpolation=interpolation)
    add(single, ZOOM, fill_mode=mode, fill_value=0.75)
add(single, HALVES, interpolation="nearest")
add(strip, [HALVES], fill_mode="reflect")
add(pair.astype("float32"), [SHEAR, TURN])

write("ops/affine.json", cases)
