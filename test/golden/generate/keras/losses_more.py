"""Losses of Keras 3 beyond the plain ones of losses.py: values, slopes, and all reductions."""

from golden import np, numbers, packed, write
import jax
from keras import losses, ops

WEIGHTS = np.array([0.5, 2, 0, 1], dtype="float32")
NAMES = {"sum_over_batch_size": "sumOverBatchSize", "mean_with_sample_weight": "meanWithSampleWeight"}


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def case(loss_class, kind, labels, predictions, **options):
    loss = loss_class(**options)

    def value(p):
        return loss(labels, p)

    plain = np.asarray(value(predictions))
    one_axis_less = np.asarray(loss.call(labels, predictions)).ndim - 1
    weights = WEIGHTS.reshape(-1, *[1] * max(one_axis_less, 0))
    described = {camel(key): NAMES.get(v, v) if key == "reduction" else v for key, v in options.items()}
    return {
        "kind": kind,
        "options": described,
        "labels": packed(labels),
        "predictions": packed(predictions),
        "weights": packed(WEIGHTS),
        "loss": packed(plain.astype("float32")),
        "weighted": packed(np.asarray(loss(labels, predictions, sample_weight=weights)).astype("float32")),
        "slope": packed(jax.grad(lambda p: value(p).sum())(predictions)),
    }


VALUES = numbers(1, 4, 3)
OUTPUTS = numbers(2, 4, 3)
SERIES = numbers(3, 4, 2, 3)
SERIES_OUTPUTS = numbers(4, 4, 2, 3)
COUNTS = np.array([[0, 2, 1], [3, 1, 0], [5, 0, 2], [1, 1, 4]], dtype="float32")
RATES = numbers(5, 4, 3, low=0.1, high=4)
SIGNS = np.array([[1, -1, 1], [-1, -1, 1], [1, 1, -1], [-1, 1, -1]], dtype="float32")
YES_NO = np.array([[1, 0, 1], [0, 0, 1], [1, 1, 0], [0, 1, 0]], dtype="float32")
CHANCES = numbers(6, 4, 3, low=0.01, high=0.99)
CLASSES = np.array([2, 0, 1, 3], dtype="int32")
ONE_HOT = np.eye(4, dtype="float32")[CLASSES]
PROBABILITIES = numbers(7, 4, 4, low=0.05, high=1)
LOGITS = numbers(8, 4, 4, low=-3, high=3)
PICTURES = np.round(numbers(9, 4, 3, 2, 1, low=0, high=1))
AREAS = numbers(10, 4, 3, 2, 1, low=0.01, high=0.99)
STEPS = np.array([[1, 0], [2, 2], [-1, 3], [0, -1]], dtype="int32")
STEP_LOGITS = numbers(11, 4, 2, 4)
SHARES = numbers(12, 4, 4, low=0.05, high=1)
EMBEDDINGS = numbers(13, 4, 3)
UNIT = (EMBEDDINGS / np.linalg.norm(EMBEDDINGS, axis=1, keepdims=True)).astype("float32")

REDUCTIONS = ["sum", "mean_with_sample_weight", "none"]


def each(loss_class, kind, inputs, *options):
    return [case(loss_class, kind, *pair, **chosen) for pair, chosen in zip(inputs, options)]


PLAIN = [(VALUES, OUTPUTS), (SERIES, SERIES_OUTPUTS), (VALUES[:, 0], OUTPUTS[:, :1])]
BY_REDUCTION = [{}, {"reduction": "sum"}, {"reduction": "mean_with_sample_weight"}]

write(
    "losses",
    "regression",
    [
        *each(losses.MeanSquaredError, "meanSquaredError", PLAIN, {"reduction": "mean_with_sample_weight"}, {"reduction": "none"}, {"reduction": "mean"}),
        *each(losses.MeanAbsolutePercentageError, "meanAbsolutePercentageError", PLAIN, *BY_REDUCTION),
        *each(losses.MeanSquaredLogarithmicError, "meanSquaredLogarithmicError", PLAIN, *BY_REDUCTION),
        *each(losses.CosineSimilarity, "cosineSimilarity", [PLAIN[0], PLAIN[1], PLAIN[0]], {}, {"axis": 1}, {"reduction": "none"}),
        *each(losses.Huber, "huber", PLAIN, {}, {"delta": 0.5}, {"delta": 2.5, "reduction": "sum"}),
        *each(losses.LogCosh, "logCosh", PLAIN, *BY_REDUCTION),
        *each(losses.Poisson, "poisson", [(COUNTS, RATES)] * 3, *BY_REDUCTION),
        *each(losses.Hinge, "hinge", [(SIGNS, OUTPUTS), (YES_NO, OUTPUTS), (VALUES, OUTPUTS)], *BY_REDUCTION),
        *each(losses.SquaredHinge, "squaredHinge", [(SIGNS, OUTPUTS), (YES_NO, OUTPUTS), (VALUES, OUTPUTS)], *BY_REDUCTION),
    ],
)

FLAG_SERIES = np.round(numbers(15, 4, 2, 3, low=0, high=1))
CHANCE_SERIES = numbers(16, 4, 2, 3, low=0.01, high=0.99)

write(
    "losses",
    "classification",
    [
        *each(losses.KLDivergence, "kullbackLeibler", [(SHARES, PROBABILITIES), (ONE_HOT, PROBABILITIES), (SHARES, PROBABILITIES)], *BY_REDUCTION),
        *each(losses.CategoricalHinge, "categoricalHinge", [(ONE_HOT, LOGITS), (ONE_HOT, PROBABILITIES), (ONE_HOT, LOGITS * 2)], *BY_REDUCTION),
        *each(losses.BinaryCrossentropy, "binaryCrossentropy", [(FLAG_SERIES, CHANCE_SERIES), (YES_NO, OUTPUTS)], {"axis": 1, "reduction": "none"}, {"from_logits": True, "label_smoothing": 0.1}),
        *each(
            losses.BinaryFocalCrossentropy,
            "binaryFocalCrossentropy",
            [(YES_NO, CHANCES), (YES_NO, OUTPUTS), (YES_NO, CHANCES), (YES_NO, CHANCES)],
            {},
            {"from_logits": True, "gamma": 1.5},
            {"apply_class_balancing": True, "alpha": 0.4, "reduction": "sum"},
            {"label_smoothing": 0.2, "gamma": 3.0},
        ),
        *each(
            losses.CategoricalCrossentropy,
            "categoricalCrossentropy",
            [(SERIES * 0 + 1, np.abs(SERIES_OUTPUTS) + 0.1), (SERIES * 0 + 0.5, SERIES_OUTPUTS), (ONE_HOT, PROBABILITIES)],
            {"axis": 1},
            {"axis": 1, "from_logits": True, "label_smoothing": 0.1},
            {"label_smoothing": 0.3, "reduction": "mean_with_sample_weight"},
        ),
        *each(
            losses.CategoricalFocalCrossentropy,
            "categoricalFocalCrossentropy",
            [(ONE_HOT, PROBABILITIES), (ONE_HOT, LOGITS), (ONE_HOT, PROBABILITIES)],
            {},
            {"from_logits": True, "gamma": 1.5, "alpha": [0.1, 0.2, 0.3, 0.4]},
            {"label_smoothing": 0.1, "reduction": "sum"},
        ),
        *each(
            losses.SparseCategoricalCrossentropy,
            "sparseCategoricalCrossentropy",
            [(STEPS, STEP_LOGITS)] * 3 + [(CLASSES, PROBABILITIES)],
            {"from_logits": True, "ignore_class": -1},
            {"from_logits": True, "ignore_class": 2, "reduction": "none"},
            {"from_logits": True, "ignore_class": -1, "reduction": "mean_with_sample_weight"},
            {"ignore_class": 1},
        ),
        *each(losses.CategoricalGeneralizedCrossEntropy, "categoricalGeneralizedCrossEntropy", [(CLASSES, PROBABILITIES)] * 3, {}, {"q": 0.7}, {"q": 0.2, "reduction": "sum"}),
    ],
)

TEXT = np.array([[1, 2, 2], [3, 0, 0], [1, 1, 1], [2, 1, 0]], dtype="int32")
FRAMES = numbers(14, 4, 6, 4)
GROUPS = np.array([0, 1, 0, 1], dtype="int32")
STRANGERS = np.array([0, 1, 2, 0], dtype="int32")

write(
    "losses",
    "structured",
    [
        *each(losses.Dice, "dice", [(PICTURES, AREAS), (PICTURES, AREAS), (YES_NO, CHANCES)], {}, {"axis": [1, 2, 3]}, {"axis": 1, "reduction": "none"}),
        *each(losses.Tversky, "tversky", [(PICTURES, AREAS), (PICTURES, AREAS), (YES_NO, CHANCES)], {}, {"axis": [1, 2, 3], "alpha": 0.3, "beta": 0.7}, {"axis": -1, "alpha": 0.9, "reduction": "sum"}),
        *each(losses.CTC, "ctc", [(TEXT, FRAMES), (TEXT[:, :2], FRAMES[:, :4]), (TEXT[:, :2], FRAMES)], {}, {"reduction": "none"}, {"reduction": "sum"}),
        *each(losses.Circle, "circle", [(GROUPS, UNIT), (GROUPS, UNIT), (GROUPS[:, None], UNIT), (GROUPS, UNIT)], {}, {"gamma": 10.0, "margin": 0.25, "reduction": "none"}, {"remove_diagonal": False, "reduction": "sum"}, {"gamma": 2.0, "reduction": "mean_with_sample_weight"}),
    ],
)


def aligned(labels, logits, label_lengths, logit_lengths, mask_index=0):
    def value(x):
        return ops.ctc_loss(labels, x, label_lengths, logit_lengths, mask_index)

    return {
        "labels": packed(labels),
        "logits": packed(logits),
        "options": {
            "labelLengths": label_lengths.tolist(),
            "logitLengths": logit_lengths.tolist(),
            "maskIndex": mask_index,
        },
        "loss": packed(value(logits)),
        "slope": packed(jax.grad(lambda x: value(x).sum())(logits)),
    }


def lengths(*values):
    return np.array(values, dtype="int32")


SHORT = np.array([[0, 1, 1], [2, 0, 2]], dtype="int32")
TWO = numbers(17, 2, 5, 4)
# three equal labels need five steps: with four they cannot be aligned
IMPOSSIBLE = np.array([[1, 1, 1], [2, 2, 2]], dtype="int32")

write(
    "losses",
    "ctc",
    [
        aligned(TEXT, FRAMES, lengths(3, 1, 3, 2), lengths(6, 3, 5, 4)),
        aligned(SHORT, TWO, lengths(3, 2), lengths(5, 4), 3),
        aligned(TEXT, FRAMES * 10, lengths(2, 1, 2, 1), lengths(6, 6, 6, 1)),
        aligned(IMPOSSIBLE, TWO[:, :4], lengths(3, 3), lengths(4, 4)),
    ],
)
