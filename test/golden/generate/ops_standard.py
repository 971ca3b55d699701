"""What NumPy, Keras 3 and JAX compute of the Array API's smaller ops, of control flow and of factors known up to signs.

Writes test/golden/fixtures/ops/{signs,vectors,creation,adaptive,waves,control,factors}.json.
"""

import os
import sys
import warnings

sys.path.pop(0)  # a sibling's name hides the standard library's random
os.environ["KERAS_BACKEND"] = "jax"
import jax

jax.config.update("jax_enable_x64", True)
import keras
import numpy as np

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from cases import case
from fixtures import write

warnings.simplefilter("ignore")
rng = np.random.default_rng(29)
ops = keras.ops
keras.config.set_floatx("float64")


def f32(*shape, low=-2.0, high=2.0):
    return rng.uniform(low, high, shape).astype(np.float32)


def f64(*shape, low=-2.0, high=2.0):
    return rng.uniform(low, high, shape).round(3)


def i32(*shape, low=-9, high=10):
    return rng.integers(low, high, shape, dtype=np.int32)


SPECIAL = np.array([0.0, -0.0, 0.5, -0.5, 1.0, -2.5, np.inf, -np.inf, np.nan], np.float32)
LEFT, RIGHT = np.repeat(SPECIAL, 9), np.tile(SPECIAL, 9)

# --- signs, remainders, membership --------------------------------------------------------------------------------
signs = [case("trunc", [x], np.trunc(x)) for x in (SPECIAL, f64(7, low=-9, high=9))]
signs.append(case("trunc", [np.int32([3, -4])], np.int32([3, -4])))
signs += [case("fmod", [a, b], np.fmod(a, b)) for a, b in ((LEFT, RIGHT), (f64(4, 3, low=-9, high=9), f64(3, low=0.5)))]
whole, divisors = i32(30, low=-50, high=50), np.tile(np.array([1, 2, -3, 7, 0], np.int32), 6)
signs += [case("fmod", [whole, divisors], np.where(divisors == 0, 0, np.fmod(whole, np.where(divisors == 0, 1, divisors))))]
KNOWN = SPECIAL[:-1]  # the sign of NaN is nobody's business
signs += [
    case("signbit", [SPECIAL], np.signbit(SPECIAL)),
    case("signbit", [np.int32([-1, 0, 1])], np.array([True, False, False])),
    case("copysign", [np.repeat(SPECIAL, 8), np.tile(KNOWN, 9)], np.copysign(np.repeat(SPECIAL, 8), np.tile(KNOWN, 9))),
    case("copysign", [x := f64(2, 3), -1], np.copysign(x, -1)),
    case("isin", [x := i32(3, 4), [1, 2, 3]], np.isin(x, [1, 2, 3])),
    case("isin", [SPECIAL, np.float32([0, np.nan, np.inf])], np.isin(SPECIAL, np.float32([0, np.nan, np.inf]))),
]
x = f64(3, 4, 2)
x[0, 1, 0] = x[2, :, 1] = np.nan
for name, f in {"nansum": np.nansum, "nanprod": np.nanprod, "nanmean": np.nanmean, "nanmax": np.nanmax, "nanmin": np.nanmin}.items():
    signs += [case(name, [x], f(x)), case(name, [x, 1], f(x, axis=1)), case(name, [x, {"axis": [0, 2], "keepDims": True}], f(x, axis=(0, 2), keepdims=True))]
y = f64(3, 4, 2)
for name, f in {"variance": np.var, "std": np.std}.items():
    signs += [case(name, [y, {"axis": 1, "correction": 1}], f(y, axis=1, ddof=1)), case(name, [y, {"correction": 2, "keepDims": True}], f(y, ddof=2, keepdims=True))]
    signs.append(case(name, [y[:1], {"axis": 0, "correction": 1}], f(y[:1], axis=0, ddof=1)))
mean, variance = ops.moments(y, [0, 2])
signs += [case("moments", [y, [0, 2]], (mean, variance)), case("moments", [y, {"axis": -1, "keepDims": True}], (y.mean(-1, keepdims=True), y.var(-1, keepdims=True)))]
signs += [case("normalize", [y, options], ops.normalize(y, **options)) for options in ({}, {"axis": 0})]
# Keras takes these norms in single precision
for order, axis in ((1, -1), (3, 1)):
    size = np.linalg.vector_norm(y, ord=order, axis=axis, keepdims=True)
    signs.append(case("normalize", [y, {"ord": order, "axis": axis}], y / size))
signs.append(case("normalize", [np.zeros((2, 3))], np.zeros((2, 3))))
write("ops/signs.json", signs)

# --- vectors and matrices -----------------------------------------------------------------------------------------
a, b, n = f64(2, 1, 3), f64(4, 3), i32(2, 3)
vectors = [
    case("vecdot", [a, b], np.vecdot(a, b)),
    case("vecdot", [n, n + 1, 0], (n * (n + 1)).sum(0), np.int32),
    case("cross", [a, b], np.cross(a, b)),
    case("cross", [n, n[::-1].copy()], np.cross(n, n[::-1])),
    case("cross", [b.T.copy(), b.T[:, ::-1].copy(), 0], np.cross(b.T, b.T[:, ::-1], axis=0)),
    case("kron", [n, m := i32(3, 2)], np.kron(n, m)),
    case("kron", [v := f64(3), w := f64(2, 2)], np.kron(v, w)),
    case("matrixTranspose", [a], np.swapaxes(a, -1, -2)),
]
squares = f64(2, 3, 3)
vectors += [case("matrixPower", [squares, p], np.linalg.matrix_power(squares, p)) for p in (-2, -1, 0, 1, 2, 5)]
vectors.append(case("matrixPower", [k := i32(3, 3, low=-3, high=4), 3], np.linalg.matrix_power(k, 3)))
wide = f64(2, 3, 5)
vectors += [case("svdvals", [wide], np.linalg.svdvals(wide)), case("svdvals", [f := f64(5, 2)], np.linalg.svdvals(f))]
symmetric = squares + np.swapaxes(squares, -1, -2)
vectors.append(case("eigvalsh", [symmetric], np.linalg.eigvalsh(symmetric)))
for order in ("fro", "nuc", 1, 2, -1, -2, np.inf, -np.inf):
    for keep in (False, True):
        vectors.append(case("matrixNorm", [wide, {"ord": order, "keepDims": keep}], np.linalg.matrix_norm(wide, ord=order, keepdims=keep)))
low_rank = f64(4, 2) @ f64(2, 5)
vectors += [case("matrixRank", [low_rank], np.linalg.matrix_rank(low_rank), np.int32), case("matrixRank", [squares], np.linalg.matrix_rank(squares), np.int32)]
vectors.append(case("matrixRank", [np.diag([1.0, 0.1, 0.001]), {"rcond": 0.01}], np.int32(2)))
for system, right in ((f64(5, 3), f64(5)), (f64(5, 3), f64(5, 2)), (f64(3, 5), f64(3, 2)), (low_rank, f64(4))):
    vectors.append(case("lstsq", [system, right], np.linalg.lstsq(system, right, rcond=None)[0]))
write("ops/vectors.json", vectors)

# --- creation and places --------------------------------------------------------------------------------------------
row = i32(5)
creation = [
    case("tensor", [[[1, 2], [3, 4]]], np.array([[1, 2], [3, 4]], np.float32)),
    case("tensor", [[True, False]], np.array([True, False])),
    case("tensor", [[1, 2, 3, 4, 5, 6], [2, 3], "int32"], np.arange(1, 7, dtype=np.int32).reshape(2, 3)),
    case("scalar", [2.5], np.float32(2.5)),
    case("scalar", [7, "uint8"], np.uint8(7)),
    case("ones", [[2, 3]], np.ones((2, 3), np.float32)),
    case("ones", [[0], "bool"], np.ones(0, bool)),
    case("zerosLike", [row], np.zeros_like(row)),
    case("zerosLike", [row, "float64"], np.zeros(5)),
    case("fullLike", [row, 7], np.full_like(row, 7)),
    case("fullLike", [f32(2, 2), -1.5], np.full((2, 2), -1.5, np.float32)),
    case("stopGradient", [row], row),
    case("broadcastArrays", [n, f := f64(4, 1, 3), np.float32(2)], list(np.broadcast_arrays(n, f, np.float32(2)))),
    case("nonzero", [z := np.array([[0, 3, 0], [np.nan, -0.0, 1]], np.float32)], [x.astype(np.int32) for x in np.nonzero(z)]),
    case("nonzero", [row > 0], [np.nonzero(row > 0)[0].astype(np.int32)]),
    case("sliceUpdate", [y, [1, -3, 0], u := f64(2, 2, 2)], ops.slice_update(y, [1, 1, 0], u)),
    case("sliceUpdate", [row, [2], np.int32([7])], np.concatenate([row[:2], [7], row[3:]]).astype(np.int32)),
]
for x in (i32(3, 5, low=-3, high=3), np.float32([2, np.nan, -0.5, 2, np.nan, np.inf])):
    values, first, inverse, counts = np.unique(x, return_index=True, return_inverse=True, return_counts=True)
    creation.append(case("unique", [x], [values, first.astype(np.int32), inverse.reshape(x.shape).astype(np.int32), counts.astype(np.int32)]))
write("ops/creation.json", creation)

# --- windows of a wanted number ---------------------------------------------------------------------------------------
adaptive = []
for x, size in ((f64(2, 7, 2), 3), (f64(1, 5, 6, 2), [2, 4]), (f64(1, 5, 6, 2), [5, 1]), (f64(1, 3, 4, 5, 1), 2)):
    plain = tuple(size) if isinstance(size, list) else size
    for name, f in (("adaptiveAvgPool", ops.adaptive_average_pool), ("adaptiveMaxPool", ops.adaptive_max_pool)):
        adaptive.append(case(name, [x, size], np.asarray(f(x, plain, data_format="channels_last"))))
write("ops/adaptive.json", adaptive)

# --- waves ------------------------------------------------------------------------------------------------------------


def record(z):
    return {"real": np.real(z), "imag": np.imag(z)}


waves = []
for n in (2, 7, 8, 30):
    z = np.fft.rfft(f64(2, n)).round(6)
    waves += [case("irfft", [record(z), {"fftLength": n}], np.fft.irfft(z, n)), case("irfft", [record(z)], np.fft.irfft(z))]
signal = f64(2, 30)
for options in (
    dict(sequence_length=8, sequence_stride=2, fft_length=8),
    dict(sequence_length=6, sequence_stride=3, fft_length=9, window="hamming", length=20),
    dict(sequence_length=8, sequence_stride=4, fft_length=8, window=None, center=False),
):
    named = {"".join(w if i == 0 else w.capitalize() for i, w in enumerate(k.split("_"))): v for k, v in options.items()}
    real, imag = ops.stft(signal, **{k: v for k, v in options.items() if k != "length"})
    spectrum = {"real": np.asarray(real).round(6), "imag": np.asarray(imag).round(6)}
    if options.get("window", "hann") is None:
        options["window"] = np.ones(options["sequence_length"])  # for None, Keras 3.15 does not divide by the window
    waves.append(case("istft", [spectrum, named], np.asarray(ops.istft((spectrum["real"], spectrum["imag"]), **options))))
write("ops/waves.json", waves)

# --- control flow: the bodies are those of test/golden/control-programs.ts ----------------------------------------------
control = []
start, steps = f64(3), f64(5, 3)
carry, outputs = jax.lax.scan(lambda c, x: (jax.numpy.tanh(c + x), c * x), start, steps)
control.append(case("scan", [start, steps], (carry, outputs)))
carry, outputs = jax.lax.scan(lambda c, x: (jax.numpy.tanh(c + x), c * x), start, steps, reverse=True)
control.append(case("scan", [start, steps, {"reverse": True}], (carry, outputs)))
for number in (27, 1):
    count, value = jax.lax.while_loop(
        lambda c: c[1] != 1,
        lambda c: (c[0] + 1, jax.numpy.where(c[1] % 2 == 0, c[1] // 2, 3 * c[1] + 1)),
        (np.int32(0), np.int32(number)),
    )
    control.append(case("whileLoop", [np.int32(0), np.int32(number)], (count, value)))
for truth in (True, False):
    x = f64(4)
    control.append(case("cond", [np.bool_(truth), x], jax.lax.cond(truth, jax.numpy.sin, lambda v: v * v, x)))
write("ops/control.json", control)

# --- factors that are unique up to signs ---------------------------------------------------------------------------------
factors = []
for shape in ((4, 4), (2, 3, 3), (1, 1)):
    x = f64(*shape)
    x = x + np.swapaxes(x, -1, -2)
    factors.append(case("eigh", [x], tuple(np.linalg.eigh(x))))
for shape in ((5, 3), (2, 3, 4), (3, 3), (1, 2)):
    x = f64(*shape)
    factors.append(case("svd", [x], tuple(np.linalg.svd(x, full_matrices=False))))
write("ops/factors.json", factors)
