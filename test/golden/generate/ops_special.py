"""What NumPy and SciPy make of NaN, infinities, zeros with signs and integers at their ends: writes ops/{special,special-pairs,integers}.json."""

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
SPECIAL = np.array([0.0, -0.0, 0.5, -0.5, 1.0, -1.0, 2.5, -3.0, np.inf, -np.inf, np.nan], np.float32)


def exact(f, *arrays):
    """Computed in double precision, in the dtype of the first."""
    return np.asarray(f(*[np.asarray(a).astype(np.float64) for a in arrays])).astype(arrays[0].dtype)


# --- element by element ---------------------------------------------------------------------------------------------
sigmoid, softplus = scipy.special.expit, lambda x: np.logaddexp(0, x)
UNARY = {
    "neg": np.negative, "abs": np.abs, "sign": np.sign, "square": np.square, "reciprocal": np.reciprocal, "sqrt": np.sqrt,
    "rsqrt": lambda x: 1 / np.sqrt(np.abs(x) * np.where(x < 0, np.nan, 1)), "exp": np.exp, "expm1": np.expm1, "log": np.log, "log1p": np.log1p, "floor": np.floor,
    "ceil": np.ceil, "round": np.round, "trunc": np.trunc, "tanh": np.tanh, "sigmoid": sigmoid, "erf": scipy.special.erf,
    "softplus": softplus, "relu": lambda x: np.maximum(x, 0), "relu6": lambda x: np.clip(x, 0, 6),
    "elu": lambda x: np.where(x > 0, x, np.expm1(x)), "isNan": np.isnan, "isInf": np.isinf, "isFinite": np.isfinite,
    "logicalNot": np.logical_not, "exp2": np.exp2, "log2": np.log2, "log10": np.log10, "sinh": np.sinh, "cosh": np.cosh,
    "asinh": np.arcsinh, "atan": np.arctan,
}
BINARY = {
    "add": np.add, "sub": np.subtract, "mul": np.multiply, "div": np.divide, "maximum": np.maximum, "minimum": np.minimum,
    "equal": np.equal, "notEqual": np.not_equal, "less": np.less, "lessEqual": np.less_equal, "greater": np.greater,
    "greaterEqual": np.greater_equal, "atan2": np.arctan2, "hypot": np.hypot, "logaddexp": np.logaddexp, "pow": np.power,
    "fmod": np.fmod,
}
TRUTH = ("isNan", "isInf", "isFinite", "logicalNot", "equal", "notEqual", "less", "lessEqual", "greater", "greaterEqual")
special, pairs = [], []
for dtype in (np.float32, np.float64):
    x = SPECIAL.astype(dtype)
    for name, f in UNARY.items():
        special.append(case(name, [x], f(x) if name in TRUTH else exact(f, x)))
    left, right = np.repeat(x, x.size), np.tile(x, x.size)
    if dtype == np.float32:
        for name, f in BINARY.items():
            pairs.append(case(name, [left, right], f(left, right) if name in TRUTH else exact(f, left, right)))

write("ops/special-pairs.json", pairs)

# --- rows, each with something special in it ---------------------------------------------------------------------------
ROWS = np.array(
    [
        [1, np.nan, 3, 2], [np.inf, 1, 2, -np.inf], [-np.inf, -np.inf, -np.inf, -np.inf], [np.inf, np.inf, 1, 0],
        [np.nan, np.nan, np.nan, np.nan], [0, -0.0, 0, -0.0], [np.inf, np.nan, 1, 0],
    ],
    np.float32,
)
FOLDS = {
    "sum": np.sum, "prod": np.prod, "mean": np.mean, "max": np.max, "min": np.min, "any": np.any, "all": np.all, "variance": np.var,
    "argmax": np.argmax, "argmin": np.argmin, "countNonzero": np.count_nonzero, "logsumexp": scipy.special.logsumexp,
    "nansum": np.nansum, "nanmean": np.nanmean, "nanmax": np.nanmax, "nanmin": np.nanmin, "norm": np.linalg.norm, "median": np.median,
}
for name, f in FOLDS.items():
    kind = np.int32 if name in ("argmax", "argmin", "countNonzero") else bool if name in ("any", "all") else np.float32
    special.append(case(name, [ROWS, {"axis": -1}] if name != "countNonzero" else [ROWS, -1], f(ROWS.astype(np.float64), axis=-1), kind))
special += [
    case("sort", [ROWS, -1], np.sort(ROWS, axis=-1)),
    case("argsort", [ROWS, -1], np.argsort(ROWS, axis=-1, kind="stable"), np.int32),
    case("cumsum", [ROWS, -1], np.cumsum(ROWS, -1)),
    case("cumprod", [ROWS, -1], np.cumprod(ROWS, -1)),
    case("cummax", [ROWS, -1], np.maximum.accumulate(ROWS, -1)),
    case("cummin", [ROWS, -1], np.minimum.accumulate(ROWS, -1)),
    case("clip", [SPECIAL, -1, 2], np.clip(SPECIAL, -1, 2)),
    # a row that has an infinity or NaN, or nothing but -infinity, has no distribution
    case("softmax", [ROWS], exact(lambda x: scipy.special.softmax(x, -1), ROWS)),
    case("logSoftmax", [ROWS[[0, 4, 5]]], exact(lambda x: scipy.special.log_softmax(x, -1), ROWS[[0, 4, 5]])),
    case("matmul", [ROWS, np.eye(4, dtype=np.float32)], ROWS @ np.eye(4, dtype=np.float32)),
]
pictures = ROWS.reshape(7, 4, 1)
windows = ROWS.reshape(7, 2, 2)
special += [
    case("maxPool1d", [pictures, {"poolSize": 2}], windows.max(-1)[..., None]),
    case("avgPool1d", [pictures, {"poolSize": 2}], windows.mean(-1)[..., None]),
    case("globalMaxPool", [pictures], ROWS.max(-1)[:, None]),
    case("globalAvgPool", [pictures], ROWS.mean(-1)[:, None]),
]
write("ops/special.json", special)

# --- integers at their ends -----------------------------------------------------------------------------------------------
LEAST, MOST = -(2**31), 2**31 - 1
ends = np.array([LEAST, LEAST + 1, -1, 0, 1, 65536, MOST - 1, MOST], np.int32)
a, b = np.repeat(ends, ends.size), np.tile(ends, ends.size)
bytes_ = np.array([0, 1, 127, 128, 200, 255], np.uint8)
c, d = np.repeat(bytes_, bytes_.size), np.tile(bytes_, bytes_.size)
integers = []
for name, f in {"add": np.add, "sub": np.subtract, "mul": np.multiply, "maximum": np.maximum, "minimum": np.minimum}.items():
    integers += [case(name, [a, b], f(a, b)), case(name, [c, d], f(c, d))]
for name, f in {"neg": np.negative, "abs": np.abs, "square": np.square}.items():
    integers += [case(name, [ends], f(ends)), case(name, [bytes_], f(bytes_))]
# NumPy and we give 0 for a division by 0; the one quotient beyond the range saturates here, as a cast does
inside = ~((a == LEAST) & (b == -1))
integers += [
    case("floorDiv", [a[inside], b[inside]], np.floor_divide(a[inside], b[inside])),
    case("floorDiv", [np.int32([LEAST]), np.int32([-1])], np.int32([MOST])),
    case("mod", [a, b], np.mod(a, b)),
    case("fmod", [a, b], np.fmod(a, b)),
    case("floorDiv", [c, d], np.floor_divide(c, d)),
    case("mod", [c, d], np.mod(c, d)),
    case("sum", [np.full(3, MOST, np.int32)], np.full(3, MOST, np.int32).sum(dtype=np.int32)),
    case("prod", [np.full(3, 65537, np.int32)], np.prod(np.full(3, 65537, np.int32), dtype=np.int32)),
    case("cumsum", [np.full(4, MOST, np.int32), 0], np.cumsum(np.full(4, MOST, np.int32), dtype=np.int32)),
    case("matmul", [np.int32([[MOST, 2]]), np.int32([[2], [MOST]])], np.int32([[MOST, 2]]) @ np.int32([[2], [MOST]])),
]
# shifts by 32 and more, and by less than 0, are not defined by C and NumPy: here nothing of the number is left
shifts = np.array([-1, 0, 1, 31, 32, 33, 100], np.int32)
x, s = np.repeat(ends, shifts.size), np.tile(shifts, ends.size)
outside = (s < 0) | (s > 31)
safe = np.where(outside, 0, s)
integers += [
    case("leftShift", [x, s], np.where(outside, 0, x << safe).astype(np.int32)),
    case("rightShift", [x, s], np.where(outside, np.where(x < 0, -1, 0), x >> safe).astype(np.int32)),
]
# casts out of range are not defined by C: here they saturate at the ends of int32, and uint8 takes the low bits
wide = np.array([3e9, -3e9, 2147483647.5, -2147483648.5, 300.7, -1.5, 255.9, 256, 1e30, -1e30, np.inf, -np.inf, np.nan], np.float64)
for values in (wide, wide.astype(np.float32)):
    whole = np.clip(np.trunc(np.nan_to_num(values.astype(np.float64), nan=0, posinf=1e300, neginf=-1e300)), LEAST, MOST).astype(np.int32)
    integers += [case("cast", [values, "int32"], whole), case("cast", [values, "uint8"], whole.astype(np.uint8)), case("cast", [values, "bool"], values != 0)]
integers += [case("cast", [ends, "uint8"], ends.astype(np.uint8)), case("cast", [ends, "float32"], ends.astype(np.float32)), case("cast", [bytes_, "int32"], bytes_.astype(np.int32))]
write("ops/integers.json", integers)
