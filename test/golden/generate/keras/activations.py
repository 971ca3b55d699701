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
}


def case(name, keras_name):
    function = keras.activations.get(keras_name)
    x = np.concatenate([numbers(1, 3, 5), numbers(2, 3, 5, low=-9, high=9)])
    weights = numbers(3, *x.shape)
    slope = jax.grad(lambda v: (function(v) * weights).sum())(x)
    return {"name": name, "x": packed(x), "weights": packed(weights), "y": packed(function(x)), "slope": packed(slope)}


write("activations", "activations", [case(*names) for names in NAMES.items()])
