"""Normalizations of Keras 3: writes fixtures/layers/normalization.json and batch-normalization.json."""

from golden import np, numbers, packed, write
import jax
from keras import layers
from layer_case import IMAGES, SEQUENCES, VECTORS, both, case, first_weight, snake

STEPS = 3


def trained(options, x, mask=None):
    """`STEPS` calls in training, of inputs that move away from `x`; result and slopes of the last one."""
    layer = layers.BatchNormalization(**{snake(name): value for name, value in options.items()})
    layer.build(x.shape)
    weights = [first_weight(i, w) for i, w in enumerate(layer.weights)]
    layer.set_weights(weights)
    inputs = [(x * (1 + i) + i).astype("float32") for i in range(STEPS)]
    for batch in inputs[:-1]:
        layer(batch, training=True, mask=mask)
    cotangent = numbers(5, *x.shape)
    frozen = [v.value for v in layer.non_trainable_variables]

    def total(values, batch):
        outputs, state = layer.stateless_call(values, frozen, batch, training=True, mask=mask)
        return (outputs * cotangent).sum(), (outputs, state)

    values = [v.value for v in layer.trainable_variables]
    (of_weights, of_x), (y, state) = jax.grad(total, argnums=(0, 1), has_aux=True)(values, inputs[-1])
    return {
        "options": options,
        **({} if mask is None else {"mask": packed(mask)}),
        "weights": [packed(w) for w in weights],
        "inputs": [packed(batch) for batch in inputs],
        "y": packed(y),
        "statistics": [packed(s) for s in state],
        "cotangent": packed(cotangent),
        "slopeOfX": packed(of_x),
        "slopesOfWeights": [packed(g) for g in of_weights],
    }


BATCH = layers.BatchNormalization
inference = [
    both("batchNormalization", BATCH, IMAGES),
    both("batchNormalization", BATCH, VECTORS, center=False, epsilon=0.1),
    both("batchNormalization", BATCH, SEQUENCES, axis=1, scale=False),
]
training = [
    trained({}, IMAGES),
    trained({"momentum": 0.5, "epsilon": 0.01}, VECTORS),
    trained({"axis": 1, "momentum": 0.9}, SEQUENCES),
    trained({"momentum": 0.7}, SEQUENCES, np.array([[True, True, False], [False, True, False]])),
    trained({"scale": False, "center": False}, numbers(9, 7, 3)),
]

LAYER, GROUP, RMS, UNIT = (
    layers.LayerNormalization,
    layers.GroupNormalization,
    layers.RMSNormalization,
    layers.UnitNormalization,
)
SMALL = IMAGES[:, :3, :2]
GROUPED = numbers(8, 2, 2, 3, 6)
others = [
    both("layerNormalization", LAYER, VECTORS),
    both("layerNormalization", LAYER, SMALL, axis=[1, 2, 3], epsilon=0.01),
    both("layerNormalization", LAYER, SEQUENCES, axis=1, center=False),
    both("layerNormalization", LAYER, SEQUENCES, scale=False),
    both("groupNormalization", GROUP, GROUPED, groups=2),
    both("groupNormalization", GROUP, GROUPED, groups=-1, epsilon=0.01),
    both("groupNormalization", GROUP, VECTORS, groups=2, center=False),
    both("groupNormalization", GROUP, GROUPED, groups=2, axis=1, scale=False),
    both("rmsNormalization", RMS, VECTORS),
    both("rmsNormalization", RMS, SEQUENCES, epsilon=0.01),
    both("rmsNormalization", RMS, SMALL, axis=[1, 2, 3]),
    both("unitNormalization", UNIT, VECTORS),
    both("unitNormalization", UNIT, SEQUENCES, axis=1),
    both("unitNormalization", UNIT, SMALL, axis=[1, 2, 3]),
]

write("layers", "normalization", inference + others)
write("layers", "batch-normalization", training)
