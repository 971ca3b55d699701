"""A small convolutional network trained by Keras 3: loss of each step and all weights after them."""

from golden import np, numbers, packed, write
import keras
from keras import layers, losses, optimizers

STEPS = 4


def build():
    return keras.Sequential(
        [
            keras.Input((6, 6, 1)),
            layers.Conv2D(2, 3, activation="tanh"),
            layers.MaxPooling2D(),
            layers.Flatten(),
            layers.Dense(5, activation="relu", kernel_regularizer=keras.regularizers.L2(0.01)),
            layers.Dense(3, activation="softmax"),
        ]
    )


def case(name, optimizer):
    model = build()
    starts = [numbers(20 + i, *w.shape, low=-0.5, high=0.5) for i, w in enumerate(model.weights)]
    model.set_weights(starts)
    model.compile(optimizer=optimizer, loss=losses.SparseCategoricalCrossentropy(), metrics=["accuracy"])
    x = numbers(1, 8, 6, 6, 1)
    y = np.array([0, 2, 1, 1, 0, 2, 2, 1], dtype="int32")
    history = model.fit(x, y, epochs=STEPS, batch_size=3, shuffle=False, verbose=0).history
    return {
        "optimizer": name,
        "x": packed(x),
        "y": packed(y),
        "starts": [packed(w) for w in starts],
        "loss": history["loss"],
        "accuracy": history["accuracy"],
        "weights": [packed(w) for w in model.get_weights()],
        "evaluation": model.evaluate(x, y, batch_size=3, verbose=0, return_dict=True),
        "predictions": packed(model.predict(x, verbose=0)),
    }


write(
    "models",
    "training",
    [
        case("sgd", optimizers.SGD(0.1)),
        case("momentum", optimizers.SGD(0.05, momentum=0.9, nesterov=True)),
        case("adam", optimizers.Adam(0.01)),
    ],
)
