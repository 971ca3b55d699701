"""Layers of Keras 3 that look tokens up, for which Keras uses TensorFlow: fixtures/layers/lookup.json and text.json."""

import re

from golden import np, packed, write
import tensorflow as tf
from keras import layers

ROWS = [["sea", "sky", "sea"], ["Zoë", "sky", "鹿"], ["", "sea", "[UNK]"]]
WORDS = ["sea", "land", "鹿", "", "sky", "[UNK]"]
KNOWN = ["sky", "sea", "鹿"]
NUMBERS = np.array([[5, 7, 5], [-2, 7, 30], [0, 5, -1]], dtype="int32")
QUERY = np.array([[5, -2, 11], [30, 0, -7]], dtype="int32")
TEXTS = ["The sea, the SKY!", "a sky; (the) land...", "", "Sea-sea\tand  ÄPFEL \n", "The land"]
ASKED = ["the sea and the moon", "  Land!land ", "", "äpfel ÄPFEL a"]


def theirs(name, value):
    if name in ("outputMode", "standardize") and value:
        return re.sub("([A-Z])", r"_\1", value).lower()
    return tuple(value) if name == "ngrams" and isinstance(value, list) else value


def case(kind, x, adapt=None, **options):
    make = getattr(layers, kind[0].upper() + kind[1:])
    named = {re.sub("([A-Z])", r"_\1", name).lower(): theirs(name, value) for name, value in options.items()}
    layer = make(**named)
    if adapt is not None:
        layer.adapt(np.array(adapt))
    if options.get("invert") and kind == "stringLookup":
        # there are no strings in JAX, but Keras leaves what comes from TensorFlow there
        result = {"texts": [[text.decode() for text in row] for row in layer(tf.constant(x, "int64")).numpy()]}
    else:
        result = {"y": packed(np.asarray(layer(np.array(x))))}
    vocabulary = [v if isinstance(v, str) else int(v) for v in layer.get_vocabulary()]
    plain = lambda value: None if value is None else np.asarray(value).tolist()
    return {"kind": kind, "options": options, "adapt": plain(adapt), "x": plain(x), "vocabulary": vocabulary} | result


IDF = [0.5, 1.25, 2.0]
write(
    "layers",
    "lookup",
    [
        case("stringLookup", WORDS, vocabulary=KNOWN),
        case("stringLookup", WORDS, adapt=ROWS),
        case("stringLookup", [WORDS[:3], WORDS[3:]], adapt=ROWS, maskToken="", maxTokens=4),
        case("stringLookup", WORDS, vocabulary=["", "[UNK]"] + KNOWN, maskToken=""),
        case("stringLookup", WORDS, vocabulary=KNOWN, numOovIndices=3),
        case("stringLookup", WORDS, vocabulary=KNOWN, numOovIndices=4, salt=[3, 9], maskToken=""),
        case("stringLookup", KNOWN, vocabulary=KNOWN, numOovIndices=0),
        case("stringLookup", [[w] for w in WORDS], vocabulary=KNOWN, outputMode="oneHot"),
        case("stringLookup", ROWS, vocabulary=KNOWN, outputMode="multiHot", maskToken=""),
        case("stringLookup", ROWS, adapt=ROWS, outputMode="count", maxTokens=7, padToMaxTokens=True),
        case("stringLookup", ROWS, vocabulary=KNOWN, idfWeights=IDF, outputMode="tfIdf"),
        case("stringLookup", ROWS, vocabulary=["[UNK]"] + KNOWN, idfWeights=[9.0] + IDF, outputMode="tfIdf", maxTokens=6, padToMaxTokens=True),
        case("stringLookup", [[1, 0, 3], [2, 9, 1]], vocabulary=KNOWN, invert=True),
        case("stringLookup", [[1, 0, 3], [2, 9, 4]], vocabulary=KNOWN, invert=True, maskToken=""),
        case("integerLookup", QUERY, vocabulary=[5, -2, 30]),
        case("integerLookup", QUERY, adapt=NUMBERS),
        case("integerLookup", QUERY, adapt=NUMBERS, maskToken=0, maxTokens=5),
        case("integerLookup", QUERY, vocabulary=[5, -2], numOovIndices=3, maskToken=0),
        case("integerLookup", QUERY, vocabulary=[5, -2, 30], outputMode="multiHot", maskToken=0),
        case("integerLookup", QUERY[:, :1], vocabulary=[5, 30], outputMode="oneHot"),
        case("integerLookup", QUERY, adapt=NUMBERS, outputMode="count", maxTokens=9, padToMaxTokens=True),
        case("integerLookup", QUERY, adapt=NUMBERS, outputMode="tfIdf"),
        case("integerLookup", [[0, 1, 2], [3, 9, 1]], vocabulary=[5, -2], invert=True),
        case("integerLookup", [[0, 1, 2], [3, 9, 1]], vocabulary=[5, -2], invert=True, maskToken=0),
    ],
)

write(
    "layers",
    "text",
    [
        case("textVectorization", ASKED, adapt=TEXTS),
        case("textVectorization", ASKED, adapt=TEXTS, outputSequenceLength=3),
        case("textVectorization", ASKED, adapt=TEXTS, outputSequenceLength=7, maxTokens=5),
        case("textVectorization", [[text] for text in ASKED], adapt=TEXTS, standardize="lower"),
        case("textVectorization", ASKED, adapt=TEXTS, standardize="stripPunctuation", ngrams=2),
        case("textVectorization", ASKED, adapt=TEXTS, standardize=None, ngrams=[3, 1]),
        case("textVectorization", ASKED, adapt=TEXTS, split="character", outputSequenceLength=9),
        case("textVectorization", [[text] for text in ASKED], vocabulary=["land", "the sea and the moon"], split=None),
        case("textVectorization", ASKED, vocabulary=["the", "sea", "äpfel"], outputMode="multiHot"),
        case("textVectorization", ASKED, adapt=TEXTS, outputMode="count", maxTokens=12, padToMaxTokens=True),
        case("textVectorization", ASKED, adapt=TEXTS, outputMode="tfIdf"),
        case("textVectorization", ASKED, vocabulary=["the", "sea"], idfWeights=[0.5, 2.5], outputMode="tfIdf", maxTokens=5, padToMaxTokens=True),
    ],
)
