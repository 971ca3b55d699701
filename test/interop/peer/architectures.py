"""The eight architectures of the interoperability tests, as a user of Keras writes them."""

import numpy as np
import keras
from keras import layers


def numbers(*shape):
    """Numbers that look random and are the same everywhere: sin(1), sin(2), ..."""
    return np.sin(np.arange(1, np.prod(shape) + 1, dtype="float64")).astype("float32").reshape(shape)


def words(rows, length, limit):
    """Indices below a limit; the last of each row are 0, which stands for no word."""
    row = lambda r: [0 if i > length - 2 - r else ((r + 1) * (i + 3)) % limit or 1 for i in range(length)]
    return np.array([row(r) for r in range(rows)], dtype="int32")


def mlp():
    net = keras.Sequential(
        [
            keras.Input((6,)),
            layers.Dense(8, activation="relu", kernel_regularizer="l2"),
            layers.BatchNormalization(),
            layers.Dropout(0.3),
            layers.Dense(5, activation="silu", use_bias=False, kernel_initializer="he_normal"),
            layers.Dense(3, activation="softmax"),
        ],
        name="mlp",
    )
    return net, [numbers(4, 6)]


def cnn():
    net = keras.Sequential(
        [
            keras.Input((12, 12, 3)),
            layers.Conv2D(4, 3, padding="same", activation="relu"),
            layers.BatchNormalization(momentum=0.9),
            layers.MaxPooling2D(2),
            layers.DepthwiseConv2D(3, depth_multiplier=2),
            layers.SeparableConv2D(5, (2, 3)),
            layers.GlobalAveragePooling2D(keepdims=True),
            layers.Flatten(),
            layers.Dense(4, activation=keras.activations.hard_sigmoid),
        ],
        name="cnn",
    )
    return net, [numbers(2, 12, 12, 3)]


def resnet():
    def block(name, before, after):
        x = keras.Input((8, 8, before))
        y = layers.BatchNormalization()(layers.Conv2D(after, 3, padding="same")(x))
        y = layers.BatchNormalization()(layers.Conv2D(after, 3, padding="same")(layers.ReLU()(y)))
        shortcut = x if before == after else layers.Conv2D(after, 1, padding="same")(x)
        return keras.Model(x, y + shortcut, name=name)

    x = keras.Input((8, 8, 3), name="image")
    y = layers.Conv2D(4, 3, padding="same", name="stem")(x)
    a = block("block_a", 4, 4)
    y = block("block_b", 4, 6)(a(a(y)))
    return keras.Model(x, layers.Dense(3)(layers.GlobalAveragePooling2D()(y)), name="resnet"), [numbers(2, 8, 8, 3)]


def bilstm_attention():
    x = keras.Input((7,), dtype="int32", name="words")
    y = layers.Embedding(11, 4, mask_zero=True)(x)
    y = layers.Bidirectional(layers.LSTM(3, return_sequences=True))(y)
    attended = layers.Attention(use_scale=True)([y, y])
    y = layers.Concatenate()([layers.GlobalAveragePooling1D()(attended), layers.GlobalMaxPooling1D()(y)])
    return keras.Model(x, layers.Dense(2, activation="sigmoid")(y), name="bilstm"), [words(3, 7, 11)]


def transformer():
    x = keras.Input((6, 8))
    y = layers.MultiHeadAttention(2, 4)(x, value=x, use_causal_mask=True)
    y = layers.LayerNormalization(epsilon=1e-6)(layers.Add()([x, y]))
    z = layers.EinsumDense("abc,cd->abd", (None, 16), bias_axes="d", activation="relu")(y)
    z = layers.RMSNormalization()(layers.Add()([y, layers.Dense(8)(z)]))
    z = layers.GroupQueryAttention(4, 2, 1)(z, z)
    return keras.Model(x, layers.Dense(3)(z), name="transformer"), [numbers(2, 6, 8)]


def recurrent():
    net = keras.Sequential(
        [
            keras.Input((5, 4)),
            layers.TimeDistributed(layers.Dense(3, activation="tanh")),
            layers.GRU(4, return_sequences=True),
            layers.RNN(layers.StackedRNNCells([layers.LSTMCell(3), layers.GRUCell(2)]), return_sequences=True),
            layers.SimpleRNN(3),
            layers.SpectralNormalization(layers.Dense(2)),
        ],
        name="recurrent",
    )
    return net, [numbers(3, 5, 4)]


def two_inputs():
    left, right = keras.Input((3,), name="left"), keras.Input((3,), name="right")
    shared = layers.Dense(4, activation="elu", name="shared")
    a, b = shared(left), shared(right)
    joined = layers.Concatenate()([a, b, layers.Multiply()([a, b])])
    outputs = [
        layers.Dense(1, name="score")(joined),
        layers.Dense(2, activation="softmax", name="kind")(layers.Subtract()([a, b])),
    ]
    return keras.Model([left, right], outputs, name="two_inputs"), [numbers(4, 3), numbers(4, 3)]


def autoencoder():
    net = keras.Sequential(
        [
            keras.Input((8, 8, 2)),
            layers.ZeroPadding2D(1),
            layers.Conv2D(4, 3, strides=2, padding="same"),
            layers.PReLU(shared_axes=[1, 2]),
            layers.GroupNormalization(2),
            layers.UpSampling2D(2, interpolation="bilinear"),
            layers.Conv2DTranspose(3, 3, padding="same", activation="tanh"),
            layers.Cropping2D(1),
            layers.LeakyReLU(0.1),
            layers.Conv2D(2, 1, activation="sigmoid"),
        ],
        name="autoencoder",
    )
    return net, [numbers(2, 8, 8, 2)]


ARCHITECTURES = {
    f.__name__: f for f in [mlp, cnn, resnet, bilstm_attention, transformer, recurrent, two_inputs, autoencoder]
}
