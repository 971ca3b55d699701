"""Merging layers of Keras 3: writes fixtures/layers/merging.json and joining.json."""

from golden import np, numbers, packed, write
import jax
import keras
from keras import layers


def case(kind, options, layer, inputs, masks=None):
    """A layer on several inputs: output, its mask, and gradients with respect to all inputs."""

    def merged(values):
        for value, mask in zip(values, masks or []):
            if mask is not None:
                keras.src.backend.set_keras_mask(value, mask)
        return layer(values)

    tensors = [keras.ops.convert_to_tensor(x) for x in inputs]
    y = merged(tensors)
    mask = getattr(y, "_keras_mask", None)
    cotangent = numbers(5, *y.shape)
    slopes = None
    if not masks and len({x.ndim for x in inputs}) == 1:
        slopes = jax.grad(lambda values: (layer._merge_function(values) * cotangent).sum())(tensors)
    return {
        "kind": kind,
        "options": options,
        "inputs": [packed(x) for x in inputs],
        "masks": [None if m is None else packed(m) for m in masks or [None] * len(inputs)],
        "y": packed(y),
        "mask": None if mask is None else packed(mask),
        "cotangent": packed(cotangent),
        "slopes": None if slopes is None else [packed(s) for s in slopes],
    }


A, B, C = (numbers(seed, 2, 3, 4) for seed in (1, 2, 3))
STEP = numbers(4, 2, 1, 4)
ROW = numbers(6, 2, 4)
FIRST = np.array([[True, True, False], [True, False, False]])
SECOND = np.array([[False, True, False], [True, True, False]])

elementwise = {
    "add": layers.Add,
    "subtract": layers.Subtract,
    "multiply": layers.Multiply,
    "average": layers.Average,
    "maximum": layers.Maximum,
    "minimum": layers.Minimum,
}

cases = []
for kind, make in elementwise.items():
    cases.append(case(kind, {}, make(), [A, B]))
    cases.append(case(kind, {}, make(), [A, STEP]))
    cases.append(case(kind, {}, make(), [ROW, A]))
    cases.append(case(kind, {}, make(), [A, B], [FIRST, SECOND]))
    cases.append(case(kind, {}, make(), [A, B], [FIRST, None]))
    if kind != "subtract":
        cases.append(case(kind, {}, make(), [A, B, C]))

joining = [
    case("concatenate", {}, layers.Concatenate(), [A, numbers(7, 2, 3, 2)]),
    case("concatenate", {"axis": 1}, layers.Concatenate(axis=1), [A, STEP, B]),
    case("concatenate", {"axis": -2}, layers.Concatenate(axis=-2), [A, B]),
    case("concatenate", {}, layers.Concatenate(), [A, B], [FIRST, SECOND]),
    case("concatenate", {"axis": 1}, layers.Concatenate(axis=1), [A, B], [FIRST, None]),
    case("dot", {"axes": 1}, layers.Dot(axes=1), [ROW, numbers(8, 2, 4)]),
    case("dot", {"axes": -1, "normalize": True}, layers.Dot(axes=-1, normalize=True), [A, B]),
    case("dot", {"axes": [1, 2]}, layers.Dot(axes=(1, 2)), [A, numbers(9, 2, 5, 3)]),
    case("dot", {"axes": [2, 1]}, layers.Dot(axes=(2, 1)), [A, ROW]),
    case("dot", {"axes": [1, 2]}, layers.Dot(axes=(1, 2)), [ROW, A]),
]

write("layers", "merging", cases)
write("layers", "joining", joining)
