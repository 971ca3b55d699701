"""Metrics of Keras 3 after each of several batches."""

from golden import np, numbers, packed, write
from keras import losses, metrics

CLASSES = [np.array([0, 2, 1, 1], dtype="int32"), np.array([2, 2, 0], dtype="int32")]
SCORES = [numbers(i, len(c), 3) for i, c in enumerate(CLASSES)]
ONE_HOT = [np.eye(3, dtype="float32")[c] for c in CLASSES]
CHANCES = [numbers(5, 4, 1, low=0, high=1), numbers(6, 3, 1, low=0, high=1)]
YES_NO = [np.array([1, 0, 1, 1], dtype="float32"), np.array([0, 1, 1], dtype="float32")]
PAIRS = [numbers(7, 4, 2, low=0.01, high=0.99), numbers(8, 3, 2, low=0.01, high=0.99)]
TARGETS = [np.round(numbers(9, 4, 2, low=0, high=1)), np.round(numbers(10, 3, 2, low=0, high=1))]


def case(kind, options, metric, labels, predictions):
    results = []
    for y, p in zip(labels, predictions):
        metric.update_state(y, p)
        results.append(float(metric.result()))
    return {
        "kind": kind,
        "options": options,
        "labels": [packed(y) for y in labels],
        "predictions": [packed(p) for p in predictions],
        "results": results,
    }


SOFTMAX = [np.exp(s) / np.exp(s).sum(-1, keepdims=True) for s in SCORES]

write(
    "metrics",
    "metrics",
    [
        case("sparseCategoricalAccuracy", {}, metrics.SparseCategoricalAccuracy(), CLASSES, SCORES),
        case("sparseCategoricalAccuracy", {}, metrics.SparseCategoricalAccuracy(), [c[:, None] for c in CLASSES], SCORES),
        case("categoricalAccuracy", {}, metrics.CategoricalAccuracy(), ONE_HOT, SCORES),
        case("binaryAccuracy", {}, metrics.BinaryAccuracy(), YES_NO, CHANCES),
        case("binaryAccuracy", {"threshold": 0.8}, metrics.BinaryAccuracy(threshold=0.8), TARGETS, PAIRS),
        case("meanSquaredError", {}, metrics.MeanSquaredError(), TARGETS, PAIRS),
        case("meanAbsoluteError", {}, metrics.MeanAbsoluteError(), TARGETS, PAIRS),
        case("binaryCrossentropy", {}, metrics.BinaryCrossentropy(), TARGETS, PAIRS),
        case("categoricalCrossentropy", {}, metrics.CategoricalCrossentropy(), ONE_HOT, SOFTMAX),
        case(
            "sparseCategoricalCrossentropy",
            {"fromLogits": True},
            metrics.SparseCategoricalCrossentropy(from_logits=True),
            CLASSES,
            SCORES,
        ),
    ],
)
