"""Double-precision functions from mpmath: writes test/golden/fixtures/elementwise/*.json."""

import mpmath as mp
import numpy as np
from fixtures import encode, write

mp.mp.dps = 60
rng = np.random.default_rng(17)
COUNT = 500


def sizes(low, high, signed=True):
    """Numbers of every size between the bounds, evenly in the logarithm."""
    x = np.exp(rng.uniform(np.log(low), np.log(high), COUNT))
    return x * rng.choice([-1.0, 1.0], COUNT) if signed else x


def around(*centers):
    return np.array([np.nextafter(c, c + d) for c in centers for d in (-1, 0, 1)])


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


FUNCTIONS = {
    "exp": (mp.exp, np.concatenate([sizes(1e-9, 709), around(-708.4, -745.1, 709.78, 0.34657)])),
    "expm1": (mp.expm1, np.concatenate([sizes(1e-20, 709), around(-0.5, 0.34657, 1.0397, -37.4)])),
    "log": (mp.log, np.concatenate([sizes(5e-324, 1.7e308, False), 1 + sizes(1e-15, 0.4), around(1.0, np.sqrt(2))])),
    "log1p": (mp.log1p, np.concatenate([sizes(1e-20, 1e300, False), -sizes(1e-20, 0.999, False)])),
    "sigmoid": (sigmoid, np.concatenate([sizes(1e-9, 740), around(-709.8, -745.1, 37.0)])),
    "tanh": (mp.tanh, np.concatenate([sizes(1e-20, 25), around(0.625, 22.0)])),
    "sin": (mp.sin, np.concatenate([sizes(1e-9, 1e6), around(*(np.arange(1, 9) * np.pi / 4))])),
    "cos": (mp.cos, np.concatenate([sizes(1e-9, 1e6), around(*(np.arange(1, 9) * np.pi / 4))])),
    "erf": (mp.erf, np.concatenate([sizes(1e-20, 7), around(0.84375, 1.25, 1 / 0.35, 6.0)])),
}

for name, (exact, x) in FUNCTIONS.items():
    y = np.array([float(exact(mp.mpf(v))) for v in x])
    write(f"elementwise/{name}.json", {"x": encode(x), "y": encode(y)})

base = np.concatenate([sizes(1e-300, 1e300, False), 1 + sizes(1e-15, 0.4)])
exponent = rng.uniform(-1075, 1024, 2 * COUNT) / np.log2(base)
result = np.array([float(mp.mpf(a) ** mp.mpf(b)) for a, b in zip(base, exponent, strict=True)])
half = slice(0, None, 2)
write("elementwise/pow.json", {"x": encode(base[half]), "b": encode(exponent[half]), "y": encode(result[half])})
