"""Losses of Keras 3 and their slopes in the prediction, plain and with sample weights."""

from golden import np, numbers, packed, write
import jax
from keras import losses

CLASSES = np.array([2, 0, 1, 3], dtype="int32")
ONE_HOT = np.eye(4, dtype="float32")[CLASSES]
LOGITS = numbers(1, 4, 4, low=-3, high=3)
PROBABILITIES = numbers(2, 4, 4, low=0.01, high=1)
VALUES = numbers(3, 4, 3)
OUTPUTS = numbers(4, 4, 3)
YES_NO = np.array([[1, 0, 1], [0, 0, 1], [1, 1, 0], [0, 1, 0]], dtype="float32")
CHANCES = numbers(5, 4, 3, low=0.001, high=0.999)
EXTREME = np.array([[0, 1, 0.5], [1, 0, 0.2], [0, 0, 1], [1, 1, 0]], dtype="float32")
WEIGHTS = np.array([0.5, 2, 0, 1], dtype="float32")


def case(kind, options, loss, labels, predictions):
    def value(p, weights=None):
        return loss(labels, p, sample_weight=weights)

    return {
        "kind": kind,
        "options": options,
        "labels": packed(labels),
        "predictions": packed(predictions),
        "weights": packed(WEIGHTS),
        "loss": float(value(predictions)),
        "weighted": float(value(predictions, WEIGHTS.reshape(-1, *[1] * (predictions.ndim - 2)))),
        "slope": packed(jax.grad(value)(predictions)),
    }


write(
    "losses",
    "losses",
    [
        case("meanSquaredError", {}, losses.MeanSquaredError(), VALUES, OUTPUTS),
        case("meanSquaredError", {"reduction": "sum"}, losses.MeanSquaredError(reduction="sum"), VALUES, OUTPUTS),
        case("meanSquaredError", {}, losses.MeanSquaredError(), VALUES[:, 0], OUTPUTS[:, :1]),
        case("meanAbsoluteError", {}, losses.MeanAbsoluteError(), VALUES, OUTPUTS),
        case("meanAbsoluteError", {"reduction": "sum"}, losses.MeanAbsoluteError(reduction="sum"), VALUES, OUTPUTS),
        case("meanAbsoluteError", {}, losses.MeanAbsoluteError(), numbers(6, 4, 2, 3), numbers(7, 4, 2, 3)),
        case("categoricalCrossentropy", {}, losses.CategoricalCrossentropy(), ONE_HOT, PROBABILITIES),
        case(
            "categoricalCrossentropy",
            {"fromLogits": True},
            losses.CategoricalCrossentropy(from_logits=True),
            ONE_HOT,
            LOGITS,
        ),
        case(
            "categoricalCrossentropy",
            {"fromLogits": True, "labelSmoothing": 0.1},
            losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1),
            ONE_HOT,
            LOGITS,
        ),
        case("sparseCategoricalCrossentropy", {}, losses.SparseCategoricalCrossentropy(), CLASSES, PROBABILITIES),
        case(
            "sparseCategoricalCrossentropy",
            {"fromLogits": True},
            losses.SparseCategoricalCrossentropy(from_logits=True),
            CLASSES,
            LOGITS,
        ),
        case(
            "sparseCategoricalCrossentropy",
            {"fromLogits": True},
            losses.SparseCategoricalCrossentropy(from_logits=True),
            CLASSES[:, None],
            LOGITS * 10,
        ),
        case("binaryCrossentropy", {}, losses.BinaryCrossentropy(), YES_NO, CHANCES),
        case("binaryCrossentropy", {"fromLogits": True}, losses.BinaryCrossentropy(from_logits=True), YES_NO, OUTPUTS),
        case("binaryCrossentropy", {"labelSmoothing": 0.2}, losses.BinaryCrossentropy(label_smoothing=0.2), YES_NO, CHANCES),
        case("binaryCrossentropy", {}, losses.BinaryCrossentropy(), YES_NO, EXTREME),
    ],
)
