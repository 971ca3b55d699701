"""Layers of Keras 3 that crop, resize and augment pictures: fixtures/layers/{pictures,augmentation,colours,contrast}.json.

Factors from a number to the same number leave no choice, so that the results of random layers can be compared.
"""

import re

from golden import np, numbers, packed, write
import jax
from keras import layers

PICTURES = numbers(1, 2, 5, 6, 1, low=0.0, high=255.0)
COLOURS = numbers(2, 1, 4, 5, 3, low=0.0, high=255.0)
SINGLE = COLOURS[0]
FIRST = np.moveaxis(COLOURS, -1, 1)


def theirs(value):
    if isinstance(value, str):
        return re.sub("([a-z])([A-Z])", r"\1_\2", value).lower()
    return tuple(value) if isinstance(value, list) else value


def case(kind, x, training=False, **options):
    make = getattr(layers, kind[0].upper() + kind[1:])
    layer = make(**{theirs(name): theirs(value) for name, value in options.items()})
    y = np.asarray(layer(x, training=training))
    cotangent = numbers(3, *y.shape)
    slope = jax.grad(lambda x: (layer(x, training=training) * cotangent).sum())(x)
    arrays = {"x": x, "y": y, "cotangent": cotangent, "slopeOfX": slope}
    return {"kind": kind, "options": options, "training": training, **{k: packed(v) for k, v in arrays.items()}}


write(
    "layers",
    "pictures",
    [
        case("centerCrop", PICTURES, height=2, width=3),
        case("centerCrop", SINGLE, height=3, width=5),
        case("centerCrop", FIRST, height=1, width=2, dataFormat="channelsFirst"),
        case("centerCrop", PICTURES[:1], height=7, width=4),
        case("resizing", PICTURES, height=3, width=4),
        case("resizing", SINGLE, height=6, width=3, interpolation="bicubic", antialias=True),
        case("resizing", FIRST, height=2, width=7, interpolation="nearest", dataFormat="channelsFirst"),
        case("resizing", PICTURES, height=3, width=6, cropToAspectRatio=True),
        case("resizing", PICTURES[:1], height=4, width=3, padToAspectRatio=True, fillValue=7.0),
        case("resizing", PICTURES[:1], height=2, width=6, padToAspectRatio=True, interpolation="bicubic"),
        case("randomCrop", PICTURES, training=True, height=5, width=6),
    ],
)

TURN = dict(training=True, fillMode="constant", fillValue=100.0)
write(
    "layers",
    "augmentation",
    [
        case("randomRotation", PICTURES, training=True, factor=[0.1, 0.1]),
        case("randomRotation", SINGLE, factor=[-0.2, -0.2], **TURN),
        case("randomRotation", FIRST, training=True, factor=[0.25, 0.25], fillMode="wrap", dataFormat="channelsFirst"),
        case("randomRotation", PICTURES[:1], training=False, factor=[0.3, 0.3]),
        case("randomTranslation", PICTURES, training=True, heightFactor=[0.3, 0.3], widthFactor=[-0.15, -0.15]),
        case("randomTranslation", SINGLE, heightFactor=[-0.4, -0.4], widthFactor=[0, 0], **TURN),
        case("randomTranslation", COLOURS, training=True, heightFactor=[0.2, 0.2], widthFactor=[0.5, 0.5], fillMode="nearest", interpolation="nearest"),
        case("randomZoom", PICTURES, training=True, heightFactor=[0.3, 0.3]),
        case("randomZoom", SINGLE, heightFactor=[-0.25, -0.25], widthFactor=[0.45, 0.45], **TURN),
        case("randomZoom", FIRST, training=True, heightFactor=[0.7, 0.7], fillMode="wrap", dataFormat="channelsFirst"),
        case("randomShear", PICTURES, training=True),
        case("randomShear", SINGLE, fillMode="nearest", xFactor=[0.2, 0.2]),
    ],
)

write(
    "layers",
    "colours",
    [
        case("randomBrightness", PICTURES, training=True, factor=[0.2, 0.2]),
        case("randomBrightness", SINGLE, training=True, factor=[-0.5, -0.5]),
        case("randomBrightness", COLOURS, training=True, factor=[0.1, 0.1], valueRange=[0, 200]),
        case("randomContrast", PICTURES, training=True, factor=[0.0, 0.0]),
        case("randomContrast", SINGLE, training=True, factor=[0.0, 0.0], valueRange=[50, 190]),
        case("randomContrast", COLOURS, training=False, factor=0.5),
        case("randomGrayscale", COLOURS, training=True, factor=1.0),
        case("randomGrayscale", PICTURES, training=True, factor=1.0),
        case("randomGrayscale", FIRST, training=True, factor=1.0, dataFormat="channelsFirst"),
        case("randomGrayscale", COLOURS, training=True, factor=0.0),
        case("randomErasing", PICTURES, training=True, scale=[1.0, 1.0], fillValue=9.0, factor=[1.0, 1.0]),
        case("randomErasing", SINGLE, training=True, scale=[0.2, 0.2], factor=[0.0, 0.0]),
        case("randomErasing", FIRST, training=True, scale=1.0, fillValue=300.0, factor=[0.0, 0.0], dataFormat="channelsFirst"),
    ],
)

contrasts = []
for factor, value_range in ((1.4, (0, 255)), (0.3, (0, 255)), (2.5, (20, 180))):
    layer = layers.RandomContrast(0.5, value_range=value_range)
    y = layer.transform_images(COLOURS, {"contrast_factor": np.full((1, 1, 1, 1), factor, "float32")})
    contrasts.append({"factor": factor, "valueRange": value_range, "x": packed(COLOURS), "y": packed(y)})
write("layers", "contrast", contrasts)
