"""Layers of Keras 3 as golden cases: weights, outputs, and gradients with respect to input and weights."""

import re

from golden import np, numbers, packed
import jax


def first_weight(i, weight):
    low = 0.25 if weight.name.endswith("variance") else -2
    return numbers(10 + i, *weight.shape, low=low)


def case(kind, options, layer, x, training=False):
    """`options` are ours, `layer` is Keras's with the same meaning."""
    layer.build(x.shape)
    weights = [first_weight(i, w) for i, w in enumerate(layer.weights)]
    layer.set_weights(weights)
    state = [v.value for v in layer.trainable_variables]
    y = np.asarray(layer(x, training=training) if training else layer(x))
    cotangent = numbers(5, *y.shape)

    def total(values, x):
        outputs, _ = layer.stateless_call(values, [v.value for v in layer.non_trainable_variables], x)
        return (outputs * cotangent).sum()

    of_weights, of_x = jax.grad(total, argnums=(0, 1))(state, x)
    return {
        "kind": kind,
        "options": options,
        "x": packed(x),
        "names": [w.name for w in layer.weights],
        "weights": [packed(w) for w in weights],
        "y": packed(y),
        "cotangent": packed(cotangent),
        "slopeOfX": packed(of_x),
        "slopesOfWeights": [packed(g) for g in of_weights],
    }


VECTORS = numbers(1, 3, 4)
SEQUENCES = numbers(2, 2, 3, 4)
IMAGES = numbers(3, 2, 6, 5, 2)
WIDE = numbers(4, 1, 7, 7, 4)
STEPS = numbers(6, 2, 8, 3)
VOLUMES = numbers(7, 1, 4, 5, 4, 2)


def snake(name):
    return "keepdims" if name == "keepDims" else re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()


def both(kind, keras_class, x, **options):
    """A case whose options are Keras's, names and choices in camelCase."""
    choices = {"channelsFirst": "channels_first"}
    theirs = {snake(n): choices.get(v, v) if isinstance(v, str) else v for n, v in options.items()}
    return case(kind, options, keras_class(**theirs), x)
