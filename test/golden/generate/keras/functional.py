"""Functional models of Keras 3 with shared layers, several inputs and outputs: trained, and their order of weights."""

from golden import np, numbers, packed, write
import keras
from keras import layers, optimizers

STEPS = 3


def siamese():
    """A shared layer, two inputs, two outputs of which one is nearer to the inputs."""
    left = keras.Input((3,), name="left")
    right = keras.Input((4,), name="right")
    shared = layers.Dense(2, activation="tanh", name="shared")
    first = shared(layers.Dense(3, name="narrow")(right))
    second = shared(left)
    both = layers.Concatenate(name="both")([first, second])
    score = layers.Dense(1, name="score")(both)
    side = layers.Dense(2, name="side", kernel_regularizer="l2")(layers.Multiply(name="product")([first, second]))
    return keras.Model([left, right], [score, side])


def residual():
    """Models inside a model, and a block applied twice."""
    x = keras.Input((4,), name="x")
    inner = keras.Sequential([layers.Dense(4, activation="relu", name="a"), layers.Dense(4, name="b")], name="block")
    y = layers.Add(name="first")([x, inner(x)])
    y = layers.Add(name="second")([y, inner(y)])
    z = keras.Input((4,), name="z")
    head = keras.Model(z, layers.Dense(1, name="c")(z), name="head")
    return keras.Model(x, head(y))


def case(kind, model, x, y, loss, loss_weights=None, metrics=None):
    starts = [numbers(20 + i, *w.shape, low=-0.5, high=0.5) for i, w in enumerate(model.weights)]
    model.set_weights(starts)
    model.compile(optimizers.Adam(0.01), loss=loss, loss_weights=loss_weights, metrics=metrics)
    history = model.fit(x, y, epochs=STEPS, batch_size=4, shuffle=False, verbose=0).history
    as_list = lambda value: value if isinstance(value, list) else [value]
    return {
        "kind": kind,
        "layers": [layer.name for layer in model.layers],
        "weights": [w.path for w in model.weights],
        "x": [packed(a) for a in as_list(x)],
        "y": [packed(a) for a in as_list(y)],
        "starts": [packed(w) for w in starts],
        "history": history,
        "trained": [packed(w) for w in model.get_weights()],
        "predictions": [packed(p) for p in as_list(model.predict(x, verbose=0))],
    }


LEFT, RIGHT = numbers(1, 6, 3), numbers(2, 6, 4)
SCORE, SIDE = numbers(3, 6, 1), numbers(4, 6, 2)

write(
    "models",
    "functional",
    [
        case(
            "siamese",
            siamese(),
            [LEFT, RIGHT],
            [SCORE, SIDE],
            {"score": "mse", "side": "mae"},
            {"score": 1.0, "side": 0.5},
            {"score": ["mae"], "side": []},
        ),
        case("siamese", siamese(), [LEFT, RIGHT], [SCORE, SIDE], ["mse", "mse"]),
        case("residual", residual(), RIGHT, SCORE, "mse"),
    ],
)
