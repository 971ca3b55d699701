"""Attention layers of Keras 3: weights, outputs, scores, and gradients with respect to inputs and weights."""

from golden import np, numbers, packed, write
import jax
import keras
from keras import layers

QUERY = numbers(1, 2, 3, 4)
VALUE = numbers(2, 2, 5, 6)
KEY = numbers(3, 2, 5, 4)
SAME = numbers(4, 2, 5, 4)
GRID = numbers(5, 2, 3, 2, 4)

QUERIES = np.array([[1, 1, 0], [1, 1, 1]], bool)
VALUES = np.array([[1, 1, 1, 0, 0], [0, 1, 1, 1, 1]], bool)
PAIRS = np.array([[[1, 0, 1, 1, 0], [0, 1, 1, 1, 1], [1, 1, 0, 0, 0]]], bool)


def encoded(argument):
    if isinstance(argument, list):
        return [packed(mask) for mask in argument]
    return argument if isinstance(argument, bool) else packed(argument)


def case(kind, options, layer, inputs, ours=None, **call):
    """`options` and `ours` (arguments of the call) are ours; `layer` and `call` are Keras's with the same meaning."""
    as_list = kind in ("attention", "additiveAttention")

    def outputs_of(inputs, **more):
        return layer(list(inputs), **call, **more) if as_list else layer(*inputs, **call, **more)

    outputs_of(inputs, return_attention_scores=True)
    weights = [numbers(10 + i, *w.shape, low=-1.0, high=1.0) for i, w in enumerate(layer.weights)]
    layer.set_weights(weights)
    trained = [v.value for v in layer.trainable_variables]
    y, scores = outputs_of(inputs, return_attention_scores=True)
    cotangent = numbers(6, *y.shape)

    def total(values, inputs):
        args = [list(inputs)] if as_list else inputs
        others = [v.value for v in layer.non_trainable_variables]
        # only with scores does Keras mask by its own softmax on every backend
        (outputs, _), _ = layer.stateless_call(values, others, *args, return_attention_scores=True, **call)
        return (outputs * cotangent).sum()

    of_weights, of_inputs = jax.grad(total, argnums=(0, 1))(trained, inputs)
    return {
        "kind": kind,
        "options": options,
        "inputs": [packed(x) for x in inputs],
        "arguments": {name: encoded(value) for name, value in (ours or {}).items()},
        "names": [w.path.split("/", 1)[1] for w in layer.weights],
        "weights": [packed(w) for w in weights],
        "y": packed(y),
        "scores": packed(scores),
        "cotangent": packed(cotangent),
        "slopesOfInputs": [packed(g) for g in of_inputs],
        "slopesOfWeights": [packed(g) for g in of_weights],
    }


BOTH = [QUERIES, VALUES]
MASKED = {"queryMask": QUERIES, "valueMask": VALUES}

plain = [
    case("attention", {}, layers.Attention(), [QUERY, KEY]),
    case("attention", {"useScale": True}, layers.Attention(use_scale=True), [QUERY, VALUE, KEY], {"useCausalMask": True}, use_causal_mask=True),
    case("attention", {"scoreMode": "concat"}, layers.Attention(score_mode="concat"), [QUERY, VALUE, KEY], {"mask": BOTH}, mask=BOTH),
    case("attention", {"scoreMode": "concat", "useScale": True}, layers.Attention(score_mode="concat", use_scale=True), [SAME, SAME], {"useCausalMask": True}, use_causal_mask=True),
    case("additiveAttention", {}, layers.AdditiveAttention(), [QUERY, KEY]),
    case("additiveAttention", {"useScale": False}, layers.AdditiveAttention(use_scale=False), [QUERY, VALUE, KEY], {"mask": BOTH, "useCausalMask": True}, mask=BOTH, use_causal_mask=True),
    case("additiveAttention", {}, layers.AdditiveAttention(), [SAME, SAME], {"useCausalMask": True}, use_causal_mask=True),
]  # fmt: skip

# Keras takes the mask of a query from the tensor itself, never from the argument: it is given as one of pairs
AS_PAIRS = QUERIES[:, :, None] & np.ones((1, 1, 5), bool)

heads = [
    case("multiHeadAttention", {"numHeads": 2, "keyDim": 3}, layers.MultiHeadAttention(2, 3), [QUERY, KEY]),
    case("multiHeadAttention", {"numHeads": 2, "keyDim": 2, "valueDim": 3, "useBias": False, "outputShape": 5}, layers.MultiHeadAttention(2, 2, 3, use_bias=False, output_shape=5), [QUERY, VALUE, KEY], {"useCausalMask": True}, use_causal_mask=True),
    case("multiHeadAttention", {"numHeads": 3, "keyDim": 2, "dropout": 0.5}, layers.MultiHeadAttention(3, 2, dropout=0.5), [QUERY, VALUE, KEY], MASKED, value_mask=VALUES, attention_mask=AS_PAIRS),
    case("multiHeadAttention", {"numHeads": 2, "keyDim": 2, "outputShape": [2, 3]}, layers.MultiHeadAttention(2, 2, output_shape=(2, 3)), [QUERY, VALUE], {"attentionMask": PAIRS}, attention_mask=PAIRS),
    case("multiHeadAttention", {"numHeads": 2, "keyDim": 3, "attentionAxes": 2}, layers.MultiHeadAttention(2, 3, attention_axes=2), [GRID, GRID]),
    case("multiHeadAttention", {"numHeads": 2, "keyDim": 3}, layers.MultiHeadAttention(2, 3), [GRID, GRID]),
    case("multiHeadAttention", {"numHeads": 2, "keyDim": 2, "useGate": True, "slidingWindow": 2}, layers.MultiHeadAttention(2, 2, use_gate=True, sliding_window=2), [SAME, SAME], {"useCausalMask": True}, use_causal_mask=True),
]  # fmt: skip

grouped = [
    case("groupedQueryAttention", {"headDim": 3, "numQueryHeads": 4, "numKeyValueHeads": 2}, layers.GroupQueryAttention(3, 4, 2), [QUERY, KEY]),
    case("groupedQueryAttention", {"headDim": 2, "numQueryHeads": 2, "numKeyValueHeads": 1, "useBias": False}, layers.GroupQueryAttention(2, 2, 1, use_bias=False), [QUERY, KEY, KEY], {"attentionMask": PAIRS, "valueMask": VALUES}, attention_mask=PAIRS, value_mask=VALUES),
    case("groupedQueryAttention", {"headDim": 2, "numQueryHeads": 6, "numKeyValueHeads": 2, "useGate": True}, layers.GroupQueryAttention(2, 6, 2, use_gate=True), [SAME, SAME], {"useCausalMask": True}, use_causal_mask=True),
]  # fmt: skip

write("layers", "attention", plain)
write("layers", "multi-head-attention", heads)
write("layers", "grouped-query-attention", grouped)
