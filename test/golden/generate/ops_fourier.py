"""What NumPy and Keras 3 compute of waves: writes test/golden/fixtures/ops/fourier.json."""

import os
import sys

sys.path.pop(0)  # a sibling's name hides the standard library's random
os.environ["KERAS_BACKEND"] = "jax"
import jax

jax.config.update("jax_enable_x64", True)
import keras
import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from cases import case
from fixtures import write

rng = np.random.default_rng(23)
keras.config.set_floatx("float64")


def f64(*shape):
    return rng.uniform(-2, 2, shape).round(2)


def parts(z):
    return np.real(z), np.imag(z)


fourier = []
for n in (1, 2, 3, 8, 12, 31, 37, 40, 64, 96, 257):
    x = f64(n)
    fourier.append(case("rfft", [x], parts(np.fft.rfft(x))))
x = f64(2, 5, 3)
for axis in (-1, 0, 1):
    fourier += [case(name, [x, {"axis": axis}], parts(f(x, axis=axis))) for name, f in (("fft", np.fft.fft), ("ifft", np.fft.ifft))]
fourier += [case(name, [x], parts(f(x))) for name, f in (("fft2", np.fft.fft2), ("ifft2", np.fft.ifft2))]
fourier += [case("rfft", [x, {"fftLength": n}], parts(np.fft.rfft(x, n))) for n in (2, 8)]
single = f64(40).astype(np.float32)
fourier.append(case("fft", [single], tuple(p.astype(np.float32) for p in parts(np.fft.fft(single.astype(np.float64))))))

signal = f64(2, 30)
for options in (
    dict(sequence_length=8, sequence_stride=3, fft_length=8),
    dict(sequence_length=6, sequence_stride=4, fft_length=9, window="hamming"),
    dict(sequence_length=8, sequence_stride=8, fft_length=8, window=None, center=False),
):
    named = {"".join(w if i == 0 else w.capitalize() for i, w in enumerate(k.split("_"))): v for k, v in options.items()}
    fourier.append(case("stft", [signal, named], tuple(np.asarray(p) for p in keras.ops.stft(signal, **options))))
write("ops/fourier.json", fourier)
