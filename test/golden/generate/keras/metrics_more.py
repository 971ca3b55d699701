"""Metrics of Keras 3 after each of several batches, some of them weighted: rates, overlaps, scores and regressions."""

from golden import np, numbers, packed, write
from keras import metrics

NAMES = {
    "num_classes": "numClasses",
    "uniform_average": "uniformAverage",
    "variance_weighted_average": "varianceWeightedAverage",
    "sparse_y_true": "sparseYTrue",
    "sparse_y_pred": "sparseYPred",
}


def camel(name):
    first, *rest = name.split("_")
    return NAMES.get(name) or first + "".join(word.capitalize() for word in rest)


def case(metric_class, kind, batches, weights=None, keras_only=None, **options):
    metric = metric_class(**options, **(keras_only or {}))
    results = []
    for i, (labels, predictions) in enumerate(batches):
        metric.update_state(labels, predictions, sample_weight=weights and weights[i])
        results.append(packed(np.asarray(metric.result(), dtype="float32")))
    return {
        "kind": kind,
        "options": {camel(key): NAMES.get(v, v) if isinstance(v, str) else v for key, v in options.items()},
        "batches": [[packed(y), packed(p)] for y, p in batches],
        "weights": [packed(w) for w in weights] if weights else None,
        "results": results,
    }


def flags(seed, *shape):
    return (np.random.default_rng(seed).uniform(size=shape) < 0.5).astype("float32")


def classes(seed, count, *shape):
    return np.random.default_rng(seed).integers(0, count, shape).astype("int32")


def one_hot(ids, count):
    return np.eye(count, dtype="float32")[ids]


WEIGHTS = [np.array([0.5, 2, 1, 0], dtype="float32"), np.array([1, 3, 0.25], dtype="float32")]
YES_NO = [(flags(1, 4, 3), numbers(2, 4, 3, low=0.01, high=0.99)), (flags(3, 3, 3), numbers(4, 3, 3, low=0.01, high=0.99))]
ONE = [(flags(5, 4), numbers(6, 4, 1, low=0.01, high=0.99)), (flags(7, 3), numbers(8, 3, 1, low=0.01, high=0.99))]
VALUES = [(numbers(9, 4, 2), numbers(10, 4, 2)), (numbers(11, 3, 2), numbers(12, 3, 2))]
POSITIVE = [(np.abs(y) + np.float32(0.5), np.abs(p) + np.float32(0.5)) for y, p in VALUES]
SIGNS = [(np.sign(y).astype("float32"), p) for y, p in VALUES]
SCORES = [(classes(13, 4, 4), numbers(14, 4, 4, low=0.01, high=1)), (classes(15, 4, 3), numbers(16, 3, 4, low=0.01, high=1))]
HOT = [(one_hot(y, 4), p) for y, p in SCORES]
SEQUENCES = [(classes(17, 4, 2, 3), numbers(18, 2, 3, 4)), (classes(19, 4, 1, 3), numbers(20, 1, 3, 4))]
PAIRS = [(classes(21, 3, 4, 2), classes(22, 3, 4, 2)), (classes(23, 3, 3, 2), classes(24, 3, 3, 2))]
EQUALS = [(y, p.astype("float32")) for y, p in PAIRS]


def each(metric_class, kind, *cases):
    """Cases of (batches, weights, options)."""
    return [case(metric_class, kind, batches, weights, **options) for batches, weights, options in cases]


def plain(metric_class, kind, batches):
    series = [(np.stack([y, y * 0.5], 1).astype("float32"), np.stack([p, p * 0.75], 1).astype("float32")) for y, p in batches]
    return each(metric_class, kind, (batches, None, {}), (batches, WEIGHTS, {}), (series, WEIGHTS, {}))


write(
    "metrics",
    "means",
    [
        *plain(metrics.MeanSquaredError, "meanSquaredError", VALUES),
        *plain(metrics.MeanAbsoluteError, "meanAbsoluteError", VALUES),
        *plain(metrics.MeanAbsolutePercentageError, "meanAbsolutePercentageError", POSITIVE),
        *plain(metrics.MeanSquaredLogarithmicError, "meanSquaredLogarithmicError", POSITIVE),
        *plain(metrics.RootMeanSquaredError, "rootMeanSquaredError", VALUES),
        *plain(metrics.LogCoshError, "logCoshError", VALUES),
        *plain(metrics.CosineSimilarity, "cosineSimilarity", VALUES),
        *each(metrics.CosineSimilarity, "cosineSimilarity", (VALUES[:1], None, {"axis": 0})),
        *plain(metrics.Poisson, "poisson", POSITIVE),
        *plain(metrics.Hinge, "hinge", SIGNS),
        *plain(metrics.SquaredHinge, "squaredHinge", SIGNS),
    ],
)

write(
    "metrics",
    "classification",
    [
        *each(metrics.CategoricalHinge, "categoricalHinge", (HOT, None, {}), (HOT, WEIGHTS, {}), (HOT[:1], None, {})),
        *each(metrics.KLDivergence, "kullbackLeibler", (HOT, None, {}), (HOT, WEIGHTS, {}), (HOT[:1], None, {})),
        *each(metrics.BinaryCrossentropy, "binaryCrossentropy", (YES_NO, WEIGHTS, {}), (YES_NO, None, {"from_logits": True}), (YES_NO, None, {"label_smoothing": 0.1})),
        *each(metrics.CategoricalCrossentropy, "categoricalCrossentropy", (HOT, WEIGHTS, {}), (HOT, None, {"from_logits": True, "label_smoothing": 0.1})),
        *each(metrics.SparseCategoricalCrossentropy, "sparseCategoricalCrossentropy", (SCORES, WEIGHTS, {}), (SCORES, None, {"ignore_class": 1})),
        *each(metrics.BinaryAccuracy, "binaryAccuracy", (YES_NO, WEIGHTS, {"threshold": 0.3})),
        *each(metrics.CategoricalAccuracy, "categoricalAccuracy", (HOT, WEIGHTS, {}), (HOT, None, {})),
        *each(metrics.SparseCategoricalAccuracy, "sparseCategoricalAccuracy", (SCORES, WEIGHTS, {})),
        *each(metrics.Accuracy, "accuracy", (EQUALS, None, {}), (EQUALS, WEIGHTS, {}), (EQUALS[:1], None, {})),
        *each(metrics.TopKCategoricalAccuracy, "topKCategoricalAccuracy", (HOT, None, {"k": 2}), (HOT, WEIGHTS, {"k": 3}), (HOT, None, {})),
        *each(
            metrics.SparseTopKCategoricalAccuracy,
            "sparseTopKCategoricalAccuracy",
            (SCORES, None, {"k": 2}),
            (SEQUENCES, None, {"k": 1}),
            ([(y, np.argsort(-p, -1).astype("float32")) for y, p in SCORES], WEIGHTS, {"k": 2, "from_sorted_ids": True}),
        ),
        *each(metrics.F1Score, "f1Score", (HOT, None, {}), (HOT, WEIGHTS, {"average": "macro"}), (YES_NO, None, {"threshold": 0.5, "average": "micro"})),
        *each(
            metrics.FBetaScore,
            "fBetaScore",
            (HOT, None, {"beta": 2.0}),
            (HOT, WEIGHTS, {"beta": 0.5, "average": "weighted"}),
            (YES_NO, WEIGHTS, {"beta": 2.0, "threshold": 0.4, "average": "micro"}),
        ),
    ],
)

COUNTS = [
    (metrics.TruePositives, "truePositives"),
    (metrics.TrueNegatives, "trueNegatives"),
    (metrics.FalsePositives, "falsePositives"),
    (metrics.FalseNegatives, "falseNegatives"),
]
SHARES = [(metrics.Precision, "precision"), (metrics.Recall, "recall")]
POINTS = [
    (metrics.SensitivityAtSpecificity, "sensitivityAtSpecificity", "specificity"),
    (metrics.SpecificityAtSensitivity, "specificityAtSensitivity", "sensitivity"),
    (metrics.PrecisionAtRecall, "precisionAtRecall", "recall"),
    (metrics.RecallAtPrecision, "recallAtPrecision", "precision"),
]

write(
    "metrics",
    "outcomes",
    [
        *[one for c, kind in COUNTS for one in each(c, kind, (YES_NO, None, {}), (ONE, WEIGHTS, {"thresholds": 0.3}), (YES_NO, WEIGHTS, {"thresholds": [0.2, 0.6]}))],
        *[
            one
            for c, kind in SHARES
            for one in each(
                c,
                kind,
                (YES_NO, None, {}),
                (ONE, WEIGHTS, {"thresholds": [0.25, 0.5, 0.75]}),
                (HOT, WEIGHTS, {"top_k": 2}),
                (HOT, None, {"class_id": 1, "thresholds": 0.4}),
                (HOT, WEIGHTS, {"top_k": 2, "class_id": 3}),
            )
        ],
        *[
            one
            for c, kind, bound in POINTS
            for one in each(
                c,
                kind,
                (YES_NO, None, {bound: 0.45}),
                (YES_NO, WEIGHTS, {bound: 0.7, "num_thresholds": 50}),
                (HOT, None, {bound: 0.6, "class_id": 2, "num_thresholds": 20}),
                (ONE, None, {bound: 0.3, "num_thresholds": 1}),
            )
        ],
    ],
)

write(
    "metrics",
    "auc",
    each(
        metrics.AUC,
        "auc",
        (YES_NO, None, {}),
        (YES_NO, WEIGHTS, {"num_thresholds": 20}),
        (YES_NO, WEIGHTS, {"curve": "PR"}),
        (YES_NO, None, {"curve": "PR", "summation_method": "majoring", "num_thresholds": 10}),
        (YES_NO, WEIGHTS, {"curve": "ROC", "summation_method": "minoring", "num_thresholds": 10}),
        (YES_NO, None, {"curve": "PRGAIN", "num_thresholds": 15}),
        (ONE, None, {"thresholds": [0.7, 0.1, 0.3]}),
        (YES_NO, WEIGHTS, {"multi_label": True, "num_thresholds": 25}),
        (YES_NO, None, {"multi_label": True, "label_weights": [0.5, 1.0, 2.0], "curve": "PR", "num_labels": 3}),
        (YES_NO, WEIGHTS, {"label_weights": [0.5, 1.0, 2.0], "thresholds": [0.2, 0.45, 0.9]}),
        ([(y, p * 4 - 2) for y, p in YES_NO], None, {"from_logits": True, "num_thresholds": 30}),
    ),
)

CLASS_PAIRS = [(y.reshape(-1), p.reshape(-1)) for y, p in PAIRS]
ROW_WEIGHTS = [np.linspace(0.25, 2, 8).astype("float32"), np.linspace(1, 3, 6).astype("float32")]
FLOAT = {"keras_only": {"dtype": "float32"}}
BINARY = [(y[:, 0], p[:, 0]) for y, p in YES_NO]

write(
    "metrics",
    "overlap",
    [
        *each(
            metrics.IoU,
            "iou",
            (PAIRS, None, {"num_classes": 3, "target_class_ids": [0]}),
            (CLASS_PAIRS, ROW_WEIGHTS, {"num_classes": 3, "target_class_ids": [0, 2], **FLOAT}),
            (HOT, None, {"num_classes": 4, "target_class_ids": [1, 2], "sparse_y_true": False, "sparse_y_pred": False}),
        ),
        *each(
            metrics.MeanIoU,
            "meanIoU",
            (PAIRS, None, {"num_classes": 3}),
            (PAIRS, None, {"num_classes": 4, "ignore_class": 1}),
            (SEQUENCES, None, {"num_classes": 4, "sparse_y_pred": False}),
            (CLASS_PAIRS, ROW_WEIGHTS, {"num_classes": 2, **FLOAT}),
        ),
        *each(
            metrics.OneHotIoU,
            "oneHotIoU",
            (HOT, None, {"num_classes": 4, "target_class_ids": [0, 3]}),
            (HOT, WEIGHTS, {"num_classes": 4, "target_class_ids": [1], **FLOAT}),
            ([(y, p.argmax(-1).astype("int32")) for y, p in HOT], None, {"num_classes": 4, "target_class_ids": [2], "sparse_y_pred": True}),
        ),
        *each(
            metrics.OneHotMeanIoU,
            "oneHotMeanIoU",
            (HOT, None, {"num_classes": 4}),
            (HOT, WEIGHTS, {"num_classes": 4, **FLOAT}),
            (HOT, None, {"num_classes": 4, "ignore_class": 0}),
        ),
        *each(
            metrics.BinaryIoU,
            "binaryIoU",
            (YES_NO, None, {}),
            (BINARY, WEIGHTS, {"threshold": 0.3, **FLOAT}),
            (YES_NO, None, {"target_class_ids": [1], "threshold": 0.7}),
        ),
    ],
)

write(
    "metrics",
    "regression",
    [
        *each(
            metrics.R2Score,
            "r2Score",
            (VALUES, None, {}),
            (VALUES, WEIGHTS, {"class_aggregation": None}),
            (VALUES, WEIGHTS, {"class_aggregation": "variance_weighted_average"}),
            (VALUES, None, {"num_regressors": 2}),
        ),
        *[
            one
            for c, kind in [(metrics.PearsonCorrelation, "pearsonCorrelation"), (metrics.ConcordanceCorrelation, "concordanceCorrelation")]
            for one in each(c, kind, (HOT, None, {}), (HOT, WEIGHTS, {}), (YES_NO[:1], None, {"axis": 0}))
        ],
    ],
)


def reduction(metric_class, kind, batches, weights):
    metric = metric_class()
    results = []
    for i, values in enumerate(batches):
        metric.update_state(values, sample_weight=weights and weights[i])
        results.append(packed(np.asarray(metric.result(), dtype="float32")))
    return {
        "kind": kind,
        "options": {},
        "batches": [[packed(v), packed(v)] for v in batches],
        "weights": [packed(w) for w in weights] if weights else None,
        "results": results,
    }


STEPS = [numbers(25, 4, 2, 3), numbers(26, 3, 2, 3)]
STEP_WEIGHTS = [numbers(27, 4, 2, low=0, high=1), numbers(28, 3, 2, low=0, high=1)]
SUMMED = [p for _, p in VALUES]

write(
    "metrics",
    "reductions",
    [
        reduction(c, kind, batches, weights)
        for c, kind in [(metrics.Mean, "mean"), (metrics.Sum, "sum")]
        for batches, weights in [(SUMMED, None), (SUMMED, WEIGHTS), ([v[:, 0] for v in SUMMED], WEIGHTS)]
    ]
    + [
        reduction(metrics.Mean, "mean", batches, weights)
        for batches, weights in [(STEPS, STEP_WEIGHTS), ([v[:, :, 0] for v in STEPS], STEP_WEIGHTS)]
    ],
)
