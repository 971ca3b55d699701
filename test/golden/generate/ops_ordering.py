"""What NumPy and SciPy compute where order and places count: cumulative ops, gathering, scattering, sorting, counting.

Writes test/golden/fixtures/ops/{functions,cumulative,places,sorting}.json.
"""

import os
import sys
import warnings

sys.path.pop(0)  # a sibling's name hides the standard library's random
import numpy as np
import scipy.special

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from cases import case
from fixtures import write

warnings.simplefilter("ignore")
rng = np.random.default_rng(11)


def f32(*shape, low=-2.0, high=2.0):
    return rng.uniform(low, high, shape).astype(np.float32)


def f64(*shape, low=-2.0, high=2.0):
    return rng.uniform(low, high, shape).round(3)


def i32(*shape, low=-9, high=10):
    return rng.integers(low, high, shape, dtype=np.int32)


SPECIAL = np.array([0.0, -0.0, 1.0, -1.0, 2.5, -2.5, np.inf, -np.inf, np.nan], np.float32)
PAIRS = [(f32(3, 4), f32(4)), (f64(5), f64(3, 1)), (np.repeat(SPECIAL, 9), np.tile(SPECIAL, 9))]


def exact(f, *arrays):
    """Computed in double precision, in the dtype of the first."""
    return np.asarray(f(*[np.asarray(a).astype(np.float64) for a in arrays])).astype(arrays[0].dtype)


# --- elementwise functions ------------------------------------------------------------------------------------
functions = []
for name, f, low, high in [
    ("asin", np.arcsin, -1, 1), ("acos", np.arccos, -1, 1), ("atan", np.arctan, -5, 5), ("sinh", np.sinh, -5, 5),
    ("cosh", np.cosh, -5, 5), ("asinh", np.arcsinh, -50, 50), ("acosh", np.arccosh, 1, 50), ("atanh", np.arctanh, -1, 1),
    ("exp2", np.exp2, -9, 9), ("log2", np.log2, 0.01, 99), ("log10", np.log10, 0.01, 99),
]:
    for values in (f32(2, 5, low=low, high=high), f64(6, low=low, high=high), SPECIAL):
        functions.append(case(name, [values], exact(f, values)))
    functions.append(case(name, [np.array([1], np.int32)], f(np.array([1.0])).astype(np.float32)))
for name, f in {"atan2": np.arctan2, "hypot": np.hypot, "logaddexp": np.logaddexp}.items():
    functions += [case(name, [a, b], exact(f, a, b)) for a, b in PAIRS]
functions.append(case("hypot", [np.float32(3e30), np.float32(4e30)], np.float32(5e30)))
functions.append(case("logaddexp", [np.array([1000.0, -1000.0, 0.0]), np.array([1000.0, -1001.0, -700.0])],
                      np.logaddexp([1000.0, -1000.0, 0.0], [1000.0, -1001.0, -700.0])))
a, b = i32(12, low=-1000, high=1000), np.arange(12, dtype=np.int32)
functions += [case("leftShift", [a, b], a << b), case("rightShift", [a, b], a >> b), case("rightShift", [a, 2], a >> 2)]
bytes_ = rng.integers(0, 256, 9, dtype=np.uint8)
functions += [case("leftShift", [bytes_, np.uint8([3] * 9)], bytes_ << np.uint8(3)),
              case("rightShift", [bytes_, np.uint8([3] * 9)], bytes_ >> np.uint8(3))]
near = SPECIAL + np.float32(1e-6)
functions += [
    case("isclose", [SPECIAL, near], np.isclose(SPECIAL, near)),
    case("isclose", [SPECIAL, SPECIAL[::-1].copy()], np.isclose(SPECIAL, SPECIAL[::-1])),
    case("isclose", [SPECIAL, SPECIAL, {"equalNan": True}], np.isclose(SPECIAL, SPECIAL, equal_nan=True)),
    case("isclose", [np.array([1.0, 2.0]), 1.2, {"rtol": 0.2}], np.isclose([1.0, 2.0], 1.2, rtol=0.2)),
    case("allclose", [SPECIAL, near], np.array(np.allclose(SPECIAL, near))),
    case("allclose", [near[:6], near[:6]], np.array(True)),
    case("nanToNum", [SPECIAL], np.nan_to_num(SPECIAL)),
    case("nanToNum", [SPECIAL.astype(np.float64), {"nan": 7, "posinf": 9}], np.nan_to_num(SPECIAL.astype(np.float64), nan=7, posinf=9)),
]
write("ops/functions.json", functions)

# --- cumulative -------------------------------------------------------------------------------------------------
cumulative = []
RUNNING = {
    "cumsum": (np.cumsum, 0), "cumprod": (np.cumprod, 1),
    "cummax": (np.maximum.accumulate, None), "cummin": (np.minimum.accumulate, None), "logcumsumexp": (np.logaddexp.accumulate, None),
}
for name, (f, start) in RUNNING.items():
    for x in (f32(2, 5), f64(3, 4, 2), np.zeros((0, 3), np.float32)):
        for axis in range(x.ndim):
            cumulative.append(case(name, [x, axis], exact(lambda v, axis=axis: f(v, axis=axis), x)))
        cumulative.append(case(name, [x, -1], exact(lambda v: f(v, axis=-1), x)))
    x = f64(3, 4)
    turned = np.flip(f(np.flip(x, 1), axis=1), 1)
    cumulative.append(case(name, [x, {"axis": 1, "reverse": True}], turned))
    cumulative.append(case(name, [x], f(x.reshape(-1), axis=0)))
    if start is not None:
        shifted = np.concatenate([np.full((3, 1), float(start)), f(x, axis=1)[:, :-1]], 1)
        cumulative.append(case(name, [x, {"axis": 1, "exclusive": True}], shifted))
        shifted = np.concatenate([turned[:, 1:], np.full((3, 1), float(start))], 1)
        cumulative.append(case(name, [x, {"axis": 1, "exclusive": True, "reverse": True}], shifted))
    if name != "logcumsumexp":
        n = i32(2, 6, low=-3, high=4)
        cumulative.append(case(name, [n, 1], f(n, axis=1), np.int32))
    spoilt = np.array([1, -np.inf, 2, np.nan, 3, np.inf], np.float32)
    cumulative.append(case(name, [spoilt, 0], f(spoilt, axis=0)))
low = np.array([-np.inf, -np.inf, -800.0, 0.0, -np.inf, 800.0, np.inf])
cumulative.append(case("logcumsumexp", [low, 0], np.logaddexp.accumulate(low)))
cumulative.append(case("cumsum", [np.array([True, True, False, True]), 0], np.array([1, 2, 2, 3], np.int32)))
for x in (f64(3, 5), i32(6)):
    cumulative += [case("diff", [x], np.diff(x)), case("diff", [x, {"n": 2}], np.diff(x, n=2)), case("diff", [x, {"axis": 0}], np.diff(x, axis=0))]
write("ops/cumulative.json", cumulative)

# --- places -----------------------------------------------------------------------------------------------------
places = []
x = f32(3, 5)
i = rng.integers(-5, 5, (3, 4), dtype=np.int32)
places.append(case("takeAlongAxis", [x, i, 1], np.take_along_axis(x, i, 1)))
i = rng.integers(0, 3, (2, 5), dtype=np.int32)
places.append(case("takeAlongAxis", [x, i, 0], np.take_along_axis(x, i, 0)))
y, i = f64(2, 4, 3), rng.integers(0, 4, (2, 6, 1), dtype=np.int32)
places.append(case("takeAlongAxis", [y, i, 1], np.take_along_axis(y, i, 1)))
n, i = i32(4, 2), rng.integers(0, 4, (3, 2), dtype=np.int32)
places.append(case("takeAlongAxis", [n, i, -2], np.take_along_axis(n, i, 0)))
i = np.array([[0, 3], [4, 1], [2, 2]], np.int32)
put = x.copy()
np.put_along_axis(put, i, f := f32(3, 2), 1)
put[2, 2] = f[2, 1]
places.append(case("putAlongAxis", [x, i, f, 1], put))
put = x.copy()
np.add.at(put, (np.arange(3)[:, None], i), f)
places.append(case("putAlongAxis", [x, i, f, 1, {"mode": "add"}], put))
put = y.copy()
np.put_along_axis(put, np.zeros((2, 1, 3), np.int32), 7.0, 1)
places.append(case("putAlongAxis", [y, np.zeros((2, 1, 3), np.int32), 7, 1], put))
i = np.array([[0, 1], [1, -1], [0, 0]], np.int32)
places.append(case("gatherNd", [y, i], y[i[:, 0], i[:, 1]]))
places.append(case("gatherNd", [y, i[:, :1]], y[i[:, 0]]))
full = np.array([[[0, 1, 2]], [[1, 3, 0]]], np.int32)
places.append(case("gatherNd", [y, full], y[full[..., 0], full[..., 1], full[..., 2]]))
u = f64(3, 3)
updated = y.copy()
updated[i[:, 0], i[:, 1]] = u
places.append(case("scatterUpdate", [y, i, u], updated))
added = y.copy()
twice = np.array([[0, 1], [1, 2], [0, 1]], np.int32)
np.add.at(added, (twice[:, 0], twice[:, 1]), u)
places.append(case("scatterUpdate", [y, twice, u, {"mode": "add"}], added))
last = y.copy()
last[0, 1], last[1, 2] = u[2], u[1]
places.append(case("scatterUpdate", [y, twice, u], last))
zeros = np.zeros((2, 4, 3))
np.add.at(zeros, (twice[:, 0], twice[:, 1]), u)
places.append(case("scatter", [twice, u, [2, 4, 3]], zeros))
ids = np.array([2, 0, 2, 5, 0], np.int32)
rows, whole = f64(5, 3), i32(5, 2)
for name, f, empty in [("segmentSum", np.sum, 0), ("segmentMean", np.mean, 0), ("segmentMax", np.max, -np.inf), ("segmentMin", np.min, np.inf)]:
    result = np.stack([f(rows[ids == s], axis=0) if (ids == s).any() else np.full(3, float(empty)) for s in range(4)])
    places.append(case(name, [rows, ids, 4], result))
result = np.stack([whole[ids == s].max(0) if (ids == s).any() else np.full(2, -(2**31)) for s in range(4)])
places.append(case("segmentMax", [whole, ids, 4], result.astype(np.int32)))
result = np.stack([whole[ids == s].min(0) if (ids == s).any() else np.full(2, 2**31 - 1) for s in range(4)])
places.append(case("segmentMin", [whole, ids, 4], result.astype(np.int32)))
for indexing in ("xy", "ij"):
    vectors = [f32(3), f32(2), f32(4)]
    places.append(case("meshgrid", [vectors, {"indexing": indexing}], np.meshgrid(*vectors, indexing=indexing)))
for mode in ("reflect", "symmetric", "edge"):
    places.append(case("pad", [y, [[1, 0], [2, 3], [0, 2]], {"mode": mode}], np.pad(y, [(1, 0), (2, 3), (0, 2)], mode)))
write("ops/places.json", places)

# --- sorting ----------------------------------------------------------------------------------------------------
sorting = []
RUDE = np.array([3, np.nan, -1, 3, np.inf, -np.inf, np.nan, 0], np.float32)
for x in (f32(3, 7), i32(2, 9, low=-4, high=4), f64(2, 3, 4), rng.integers(0, 5, (3, 6), dtype=np.uint8)):
    for axis in range(-1, x.ndim):
        sorting.append(case("sort", [x, axis], np.sort(x, axis=axis)))
        sorting.append(case("argsort", [x, axis], np.argsort(x, axis=axis, kind="stable"), np.int32))
    back = np.argsort(-x.astype(np.int64) if x.dtype.kind != "f" else -x, axis=0, kind="stable")
    sorting.append(case("argsort", [x, {"axis": 0, "descending": True}], back, np.int32))
    sorting.append(case("sort", [x, {"axis": 0, "descending": True}], np.take_along_axis(x, back, 0)))
sorting += [case("sort", [RUDE], np.sort(RUDE)), case("argsort", [RUDE], np.argsort(RUDE, kind="stable"), np.int32)]
sorting.append(case("sort", [np.array([True, False, True])], np.array([False, True, True])))
for x, k in ((f32(3, 7), 3), (i32(9, low=-4, high=4), 4), (f64(2, 3), 0)):
    order = np.argsort(-x, axis=-1, kind="stable")[..., :k]
    sorting.append(case("topK", [x, k], [np.take_along_axis(x, order, -1), order.astype(np.int32)]))
line = np.sort(f32(13))
line[4] = line[5]
values = np.concatenate([f32(6, low=-3, high=3), line[3:7], [np.nan, np.inf, -np.inf]]).astype(np.float32).reshape(13)
for side in ("left", "right"):
    sorting.append(case("searchsorted", [line, values, {"side": side}], np.searchsorted(line, values, side), np.int32))
    whole = np.array([1, 3, 3, 8], np.int32)
    q = i32(2, 5)
    sorting.append(case("searchsorted", [whole, q, {"side": side}], np.searchsorted(whole, q, side), np.int32))
sorting.append(case("searchsorted", [np.zeros(0, np.float32), values], np.zeros(13), np.int32))
n, w = rng.integers(0, 7, 20, dtype=np.int32), f64(20)
sorting += [case("bincount", [n, {"length": 7}], np.bincount(n, minlength=7), np.int32), case("bincount", [n, {"length": 4}], np.bincount(n, minlength=7)[:4], np.int32)]
x = f64(50)
for options, args in [({}, {}), ({"bins": 4}, {"bins": 4}), ({"bins": 5, "range": [-1, 1]}, {"bins": 5, "range": (-1, 1)})]:
    counts, edges = np.histogram(x, **args)
    sorting.append(case("histogram", [x, options], [counts.astype(np.int32), edges]))
flat = np.full(4, 2.0)
counts, edges = np.histogram(flat)
sorting.append(case("histogram", [flat], [counts.astype(np.int32), edges]))
x = f64(3, 4, 5)
for q in (0, 0.3, 0.5, 1):
    sorting += [case("quantile", [x, q], np.quantile(x, q)), case("quantile", [x, q, {"axis": [0, 2], "keepDims": True}], np.quantile(x, q, axis=(0, 2), keepdims=True))]
sorting += [case("median", [x, {"axis": 1}], np.median(x, axis=1)), case("median", [RUDE], np.median(RUDE))]
write("ops/sorting.json", sorting)
