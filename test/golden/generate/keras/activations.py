"""Every activation and its slope, from Keras 3."""

from golden import np, numbers, packed, write
import jax
import keras

NAMES = {
    "linear": "linear",
    "relu": "relu",
    "relu6": "relu6",
    "leakyRelu": "leaky_relu",
    "elu": "elu",
    "selu": "selu",
    "softplus": "softplus",
    "softsign": "softsign",
    "sigmoid": "sigmoid",
    "tanh": "tanh",
    "hardSigmoid": "hard_sigmoid",
    "gelu": "gelu",
    "silu": "silu",
    "mish": "mish",
    "exponential": "exponential",
    "softmax": "softmax",
    "logSoftmax": "log_softmax",
    "celu": "celu",
    "squareplus": "squareplus",
    "logSigmoid": "log_sigmoid",
    "hardTanh": "hard_tanh",
    "hardSilu": "hard_silu",
    "glu": "glu",
    "hardShrink": "hard_shrink",
    "softShrink": "soft_shrink",
    "tanhShrink": "tanh_shrink",
    "sparsePlus": "sparse_plus",
    "sparseSigmoid": "sparse_sigmoid",
    "sparsemax": "sparsemax",
}


# options of ours and Keras's, beside the defaults
CONFIGURATIONS = [
    ("relu", {"negativeSlope": 0.1, "maxValue": 2, "threshold": 0.5}, {"negative_slope": 0.1, "max_value": 2, "threshold": 0.5}),
    ("relu", {"maxValue": 6}, {"max_value": 6}),
    ("relu", {"negativeSlope": 0.3}, {"negative_slope": 0.3}),
    ("gelu", {"approximate": True}, {"approximate": True}),
    ("leakyRelu", 0.4, {"negative_slope": 0.4}),
    ("leakyRelu", 0, {"negative_slope": 0}),
    ("elu", 0.5, {"alpha": 0.5}),
    ("elu", 2, {"alpha": 2}),
    ("celu", 0.5, {"alpha": 0.5}),
    ("celu", 2, {"alpha": 2}),
    ("squareplus", 1, {"b": 1}),
    ("squareplus", 0.1, {"b": 0.1}),
    ("hardShrink", 1, {"threshold": 1}),
    ("hardShrink", 0, {"threshold": 0}),
    ("softShrink", 1, {"threshold": 1}),
    ("softShrink", 0.1, {"threshold": 0.1}),
    ("softmax", 0, {"axis": 0}),
    ("logSoftmax", 0, {"axis": 0}),
    ("glu", 0, {"axis": 0}),
    ("sparsemax", 0, {"axis": 0}),
]


def case(name, option, theirs):
    function = getattr(keras.activations, NAMES[name])
    x = np.concatenate([numbers(1, 3, 5), numbers(2, 3, 5, low=-9, high=9)])
    x = x[:, :4] if name == "glu" else x
    if name == "gelu" and option:
        x = x / 2  # far out the slope is rounding alone
    y = function(x, **theirs)
    weights = numbers(3, *y.shape)
    slope = jax.grad(lambda v: (function(v, **theirs) * weights).sum())(x)
    arrays = {"x": packed(x), "weights": packed(weights), "y": packed(y), "slope": packed(slope)}
    return {"name": name, **({} if option is None else {"option": option}), **arrays}


write("activations", "activations", [case(name, None, {}) for name in NAMES])
write("activations", "configurations", [case(*configuration) for configuration in CONFIGURATIONS])


def limited(limit, default):
    x = numbers(1, 3, 5)
    y = keras.activations.threshold(x, limit, default)
    return {"limit": limit, "defaultValue": default, "x": packed(x), "y": packed(y)}


write("activations", "threshold", [limited(0, 0), limited(0.5, -1), limited(-1, 3)])
