"""Kernels of Keras 3 that are Fourier transforms: writes fixtures/initializers/stft.json."""

from golden import packed, write
from keras import initializers
from layer_case import snake


def case(shape, **options):
    kernel = initializers.STFT(**{snake(name): value for name, value in options.items()})(shape)
    return {"options": options, "kernel": packed(kernel)}


write(
    "initializers",
    "stft",
    [
        case((8, 1, 5)),
        case((6, 1, 5), side="imag", window="hamming", scaling="spectrum", periodic=True),
        case((5, 1, 3), window="blackman", scaling=None),
        case((4, 1, 3), side="imag", window=None),
        case((4, 1, 3), window=[0.5, 1, 1, 0.25]),
    ],
)
