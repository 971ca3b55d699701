"""Layers of Keras 3 that hash texts and numbers, for which Keras uses TensorFlow: fixtures/layers/hashing.json."""

import re

from golden import np, packed, write
from keras import layers

WORDS = ["", "a", "Be", "sea", "four", "antler", "eightlet", "nine bytes", "sixteen letters!", "seventeen letters"]
LONG = ["thirty-two letters are in here..", "x" * 33, "Zoë sees 鹿の角 and more than thirty-two bytes", "y" * 64, "z" * 65]
LONGER = ["0123456789" * 12, "ab" * 64, "abc" * 43, "ü" * 150]
COLUMN = [[word] for word in WORDS]
WHOLE = np.array([[0, 7, -3], [123456, 2, 7]], dtype="int32")


def theirs(value):
    return re.sub("([A-Z])", r"_\1", value).lower() if isinstance(value, str) else value


def case(kind, x, **options):
    make = getattr(layers, kind[0].upper() + kind[1:])
    layer = make(**{theirs(name): theirs(value) if name == "outputMode" else value for name, value in options.items()})
    y = np.asarray(layer(np.array(x) if kind == "hashing" else [np.array(feature) for feature in x]))
    plain = [np.asarray(f).tolist() for f in x] if kind == "hashedCrossing" else np.asarray(x).tolist()
    return {"kind": kind, "options": options, "x": plain, "y": packed(y.astype("int32"))}


write(
    "layers",
    "hashing",
    [
        case("hashing", WORDS + LONG + LONGER, numBins=1000000),
        case("hashing", WORDS + LONG + LONGER, numBins=1000000, salt=[133, 137]),
        case("hashing", WORDS + LONG + LONGER, numBins=2147483647, salt=1337),
        case("hashing", COLUMN, numBins=4, maskValue="sea"),
        case("hashing", COLUMN, numBins=3, outputMode="oneHot"),
        case("hashing", [WORDS[:5], WORDS[5:]], numBins=6, outputMode="multiHot"),
        case("hashing", [WORDS[:5], WORDS[5:]], numBins=6, outputMode="count", maskValue="a"),
        case("hashing", WHOLE, numBins=1000),
        case("hashing", WHOLE, numBins=5, maskValue=7),
        case("hashing", WORDS, numBins=1, maskValue="a"),
        case("hashedCrossing", [WORDS, WORDS[::-1]], numBins=1000000),
        case("hashedCrossing", [WORDS, list(range(-4, 6))], numBins=1000000),
        case("hashedCrossing", [COLUMN, COLUMN, [[i * i] for i in range(10)]], numBins=5, outputMode="oneHot"),
        case("hashedCrossing", [WORDS, WORDS], numBins=4, outputMode="oneHot"),
    ],
)
