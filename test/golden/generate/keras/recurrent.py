"""Recurrent layers and embeddings of Keras 3: weights, outputs, states, and gradients."""

from golden import np, numbers, packed, write
import jax
import keras
from keras import layers


def as_list(value):
    return list(value) if isinstance(value, (list, tuple)) else [value]


def case(kind, options, layer, x, states=(), mask=None):
    """`options` are ours, `layer` is Keras's with the same meaning."""
    arguments = {}
    if states:
        arguments["initial_state"] = list(states)
    if mask is not None:
        arguments["mask"] = mask
    layer(x, **arguments)
    weights = [numbers(10 + i, *w.shape, low=-0.8, high=0.8) for i, w in enumerate(layer.weights)]
    layer.set_weights(weights)
    outputs = [np.asarray(y) for y in as_list(layer(x, **arguments))]
    cotangents = [numbers(50 + i, *y.shape) for i, y in enumerate(outputs)]
    rest = [v.value for v in layer.non_trainable_variables]
    differentiable = x.dtype == np.float32

    def total(values, x, states):
        inner = {**arguments, **({"initial_state": list(states)} if states else {})}
        results, _ = layer.stateless_call(values, rest, x, **inner)
        return sum((y * c).sum() for y, c in zip(as_list(results), cotangents))

    values = [v.value for v in layer.trainable_variables]
    of_weights = jax.grad(total, argnums=0)(values, x, list(states))
    of_x = jax.grad(total, argnums=1)(values, x, list(states)) if differentiable else None
    of_states = jax.grad(total, argnums=2)(values, x, list(states))
    return {
        "kind": kind,
        "options": options,
        "x": packed(x),
        "states": [packed(s) for s in states],
        "mask": None if mask is None else packed(mask),
        "names": [w.path for w in layer.weights],
        "weights": [packed(w) for w in weights],
        "outputs": [packed(y) for y in outputs],
        "cotangents": [packed(c) for c in cotangents],
        "slopeOfX": None if of_x is None else packed(of_x),
        "slopesOfStates": [packed(g) for g in of_states],
        "slopesOfWeights": [packed(g) for g in of_weights],
    }


X = numbers(1, 2, 4, 3)
MASK = np.array([[True, True, False, True], [False, True, True, False]])
H, C = numbers(2, 2, 3), numbers(3, 2, 3)
INDICES = np.array([[0, 2, 1], [3, 0, 4]], dtype="int32")

simple = [
    case("simpleRNN", {"units": 3}, layers.SimpleRNN(3), X),
    case("simpleRNN", {"units": 2, "returnSequences": True, "activation": "relu", "useBias": False},
         layers.SimpleRNN(2, "relu", use_bias=False, return_sequences=True), X),
    case("simpleRNN", {"units": 3, "returnSequences": True, "returnState": True, "goBackwards": True},
         layers.SimpleRNN(3, return_sequences=True, return_state=True, go_backwards=True), X, states=[H], mask=MASK),
]

lstm = [
    case("lstm", {"units": 3}, layers.LSTM(3), X),
    case("lstm", {"units": 3, "returnSequences": True, "returnState": True},
         layers.LSTM(3, return_sequences=True, return_state=True), X, states=[H, C]),
    case("lstm", {"units": 2, "returnSequences": True, "goBackwards": True, "activation": "relu",
                  "recurrentActivation": "hardSigmoid", "useBias": False},
         layers.LSTM(2, "relu", recurrent_activation="hard_sigmoid", use_bias=False, return_sequences=True,
                     go_backwards=True), X),
    case("lstm", {"units": 3, "returnSequences": True, "returnState": True},
         layers.LSTM(3, return_sequences=True, return_state=True), X, states=[H, C], mask=MASK),
    case("lstm", {"units": 2, "goBackwards": True, "unroll": True},
         layers.LSTM(2, go_backwards=True, unroll=True), X),
]

gru = [
    case("gru", {"units": 3}, layers.GRU(3), X),
    case("gru", {"units": 3, "resetAfter": False, "returnSequences": True},
         layers.GRU(3, reset_after=False, return_sequences=True), X),
    case("gru", {"units": 3, "returnState": True, "goBackwards": True},
         layers.GRU(3, return_state=True, go_backwards=True), X, states=[H], mask=MASK),
    case("gru", {"units": 2, "useBias": False, "recurrentActivation": "hardSigmoid", "returnSequences": True},
         layers.GRU(2, use_bias=False, recurrent_activation="hard_sigmoid", return_sequences=True), X),
]


def rnn(cells, options, x=X, mask=None):
    """Cells by our name and options; `options` are those of rnn."""
    makers = {"simpleRNNCell": layers.SimpleRNNCell, "lstmCell": layers.LSTMCell, "gruCell": layers.GRUCell}
    made = [makers[name](units) for name, units in cells]
    layer = layers.RNN(
        made if len(made) > 1 else made[0],
        return_sequences=options.get("returnSequences", False),
        go_backwards=options.get("goBackwards", False),
        zero_output_for_mask=options.get("zeroOutputForMask", False),
    )
    return {**case("rnn", options, layer, x, mask=mask), "cells": cells}


cells = [
    rnn([["lstmCell", 3]], {"returnSequences": True}),
    rnn([["lstmCell", 3], ["gruCell", 2]], {"returnSequences": True}, mask=MASK),
    rnn([["simpleRNNCell", 2], ["lstmCell", 3], ["simpleRNNCell", 2]], {"goBackwards": True}),
    rnn([["gruCell", 2]], {"returnSequences": True, "zeroOutputForMask": True}, mask=MASK),
]


def bidirectional(kind, inner, options, **arguments):
    """`inner` are the options of the layer, `options` those of bidirectional."""
    makers = {"simpleRNN": layers.SimpleRNN, "lstm": layers.LSTM, "gru": layers.GRU}
    layer = makers[kind](
        inner["units"],
        return_sequences=inner.get("returnSequences", False),
        return_state=inner.get("returnState", False),
    )
    wrapped = layers.Bidirectional(layer, merge_mode=options.get("mergeMode", "concat"))
    return {**case("bidirectional", options, wrapped, X, **arguments), "layer": {"kind": kind, "options": inner}}


bidirectionals = [
    bidirectional("lstm", {"units": 3}, {}),
    bidirectional("lstm", {"units": 3, "returnSequences": True}, {"mergeMode": "sum"}, mask=MASK),
    bidirectional("gru", {"units": 2, "returnSequences": True}, {"mergeMode": "ave"}),
    bidirectional("simpleRNN", {"units": 2, "returnSequences": True}, {"mergeMode": "mul"}),
    bidirectional("gru", {"units": 2, "returnSequences": True}, {"mergeMode": None}),
    bidirectional("lstm", {"units": 3, "returnState": True}, {}, states=[H, C, -H, C]),
]

around = [
    case("embedding", {"inputDim": 5, "outputDim": 3}, layers.Embedding(5, 3), INDICES),
    case("embedding", {"inputDim": 5, "outputDim": 2, "maskZero": True},
         layers.Embedding(5, 2, mask_zero=True), INDICES),
    case("embedding", {"inputDim": 6, "outputDim": 4}, layers.Embedding(6, 4), INDICES[0]),
    case("timeDistributed", {"units": 2}, layers.TimeDistributed(layers.Dense(2)), X),
    case("timeDistributed", {"units": 3, "activation": "tanh"},
         layers.TimeDistributed(layers.Dense(3, "tanh")), numbers(4, 2, 3, 2, 2)),
    case("timeDistributed", {"units": 1, "useBias": False},
         layers.TimeDistributed(layers.Dense(1, use_bias=False)), X, mask=MASK),
    case("masking", {}, layers.Masking(), np.round(X)),
    case("masking", {"maskValue": 1}, layers.Masking(1.0), np.where(MASK[..., None], X, 1).astype("float32")),
    case("masking", {"maskValue": -2.5}, layers.Masking(-2.5), X),
]

write("layers", "recurrent", simple + lstm + gru)
write("layers", "recurrent-cells", cells)
write("layers", "bidirectional", bidirectionals)
write("layers", "sequences", around)
