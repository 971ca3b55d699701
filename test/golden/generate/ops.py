"""What NumPy and SciPy compute: writes test/golden/fixtures/ops/*.json.

A case is the name of an op, its arguments as Antler takes them (arrays encoded), and the expected result.
"""

import warnings

import numpy as np
import scipy.signal
import scipy.special
from cases import case
from fixtures import write

warnings.simplefilter("ignore")
rng = np.random.default_rng(3)


def f32(*shape, low=-2.0, high=2.0):
    return rng.uniform(low, high, shape).astype(np.float32)


def f64(*shape, low=-2.0, high=2.0):
    return rng.uniform(low, high, shape).round(3)


def i32(*shape, low=-9, high=10):
    return rng.integers(low, high, shape, dtype=np.int32)


def u8(*shape, low=0, high=256):
    return rng.integers(low, high, shape, dtype=np.uint8)



SPECIAL = np.array([0.0, -0.0, 1.0, -1.0, 2.5, -2.5, np.inf, -np.inf, np.nan], np.float32)
EMPTY = np.zeros((0, 3), np.float32)

# --- arithmetic -----------------------------------------------------------------------------------------------
arithmetic = []
pairs = [
    (f32(2, 3), f32(3)),
    (f32(4, 1), f32(1, 5)),
    (f64(3), f32(2, 1)),
    (i32(2, 3), i32(3)),
    (i32(4), f32(4)),
    (u8(4), i32(4)),
    (EMPTY, f32(3)),
    (np.repeat(SPECIAL, 9), np.tile(SPECIAL, 9)),
]
promoted = {("int32", "float32"): np.float32, ("uint8", "int32"): np.int32}
for name, f in {"add": np.add, "sub": np.subtract, "mul": np.multiply, "maximum": np.maximum, "minimum": np.minimum}.items():
    for a, b in pairs:
        arithmetic.append(case(name, [a, b], f(a, b), promoted.get((str(a.dtype), str(b.dtype)))))
    a = i32(3)
    arithmetic.append(case(name, [a, 2], f(a, np.int32(2))))
    arithmetic.append(case(name, [a, 1.5], f(a, 1.5), np.float32))
    arithmetic.append(case(name, [np.array([True, False, True]), np.array([True, True, False])], f(np.array([1, 0, 1], np.int32), np.array([1, 1, 0], np.int32))))
    arithmetic.append(case(name, [np.array([250, 3], np.uint8), np.array([10, 4], np.uint8)], f(np.array([250, 3], np.uint8), np.array([10, 4], np.uint8))))
for a, b in pairs[:3] + pairs[6:]:
    arithmetic.append(case("div", [a, b], np.divide(a, b)))
n, d = i32(3, low=1, high=9), np.array([2, 4, -3], np.int32)
arithmetic.append(case("div", [n, d], n / d, np.float32))
for name, f in {"floorDiv": np.floor_divide, "mod": np.mod}.items():
    a, b = f32(3, 4, low=-9, high=9), f32(4, low=0.5, high=3)
    arithmetic.append(case(name, [a, b], f(a.astype(np.float64), b.astype(np.float64)), np.float32))
    arithmetic.append(case(name, [a, -b], f(a.astype(np.float64), -b.astype(np.float64)), np.float32))
    a, b = i32(30, low=-50, high=50), np.tile(np.array([1, 2, -3, 7, 0], np.int32), 6)
    arithmetic.append(case(name, [a, b], f(a, b)))
    arithmetic.append(case(name, [a, 4], f(a, np.int32(4))))
    big = np.array([2**31 - 1, -(2**31), 123456789], np.int32)
    arithmetic.append(case(name, [big, np.array([3, 7, -11], np.int32)], f(big, np.array([3, 7, -11], np.int32))))
ends = np.array([5.0, -5.0, 0.0], np.float32)
arithmetic.append(case("mod", [ends, float("inf")], np.mod(ends, np.float32(np.inf))))
arithmetic.append(case("pow", [SPECIAL, 2], SPECIAL**2))
for base, power in [(f32(4, low=0.1, high=3), f32(3, 1)), (f64(4, low=0.1, high=3), f64(4))]:
    arithmetic.append(case("pow", [base, power], np.power(base, power)))
whole = np.array([-5, -1, 0, 2, 7], np.int32)
arithmetic += [case("pow", [whole, 3], whole**3), case("pow", [whole, np.array([0, 3, 2, 20, 5], np.int32)], whole ** np.array([0, 3, 2, 20, 5]), np.int32)]
arithmetic.append(case("pow", [np.array([-8.0, 4.0, 0.0], np.float32), 0.5], np.array([-8.0, 4.0, 0.0], np.float32) ** np.float32(0.5)))
x = f32(3, 4)
arithmetic += [
    case("clip", [x, -0.5, 0.75], np.clip(x, -0.5, 0.75)),
    case("clip", [SPECIAL, -1, 1], np.clip(SPECIAL, -1, 1)),
    case("neg", [x], -x),
    case("neg", [whole], -whole),
    case("abs", [SPECIAL], np.abs(SPECIAL)),
    case("abs", [whole], np.abs(whole)),
    case("sign", [SPECIAL], np.sign(SPECIAL)),
    case("square", [whole], whole**2),
    case("reciprocal", [SPECIAL], 1 / SPECIAL),
    case("where", [x > 0, x, 0], np.where(x > 0, x, np.float32(0))),
    case("where", [np.array([1, 0], np.int32), whole[:1], 9], np.array([-5, 9], np.int32)),
]
for dtype in ("bool", "uint8", "int32", "float32", "float64"):
    values = np.array([0.0, 1.0, 2.9, 255.0, -3.7], np.float32)
    exact = values.astype(np.int32).astype(dtype) if dtype == "uint8" else values.astype(dtype)
    arithmetic.append(case("cast", [values, dtype], exact))
write("ops/arithmetic.json", arithmetic)

# --- elementwise functions --------------------------------------------------------------------------------------
math = []
for name, f in {
    "exp": np.exp, "expm1": np.expm1, "sin": np.sin, "cos": np.cos, "tan": np.tan, "erf": scipy.special.erf, "sigmoid": scipy.special.expit,
    "tanh": np.tanh, "floor": np.floor, "ceil": np.ceil, "round": np.rint, "sqrt": np.sqrt, "log": np.log, "log1p": np.log1p,
    "rsqrt": lambda x: 1 / np.sqrt(x),
}.items():
    positive = name in ("sqrt", "log", "log1p", "rsqrt")
    for values in (f32(2, 5, low=0.01 if positive else -3, high=4), f64(6, low=0.01 if positive else -3, high=4), SPECIAL, EMPTY):
        if values is SPECIAL and name in ("sin", "cos", "tan"):
            continue
        math.append(case(name, [values], f(values.astype(np.float64)), values.dtype))
    small = np.array([1, 2, 3], np.int32)
    math.append(case(name, [small], f(small.astype(np.float64)), np.int32 if name in ("floor", "ceil", "round") else np.float32))
halves = np.array([0.5, 1.5, 2.5, -0.5, -1.5], np.float32)
math.append(case("round", [halves], np.rint(halves)))
u = f64(40, low=-1, high=1)
ends = np.array([0, 0.999999, -0.9999999999, 1, -1, 1e-12, 2])
math += [case("erfInv", [v], scipy.special.erfinv(v)) for v in (u, ends)]
u = f32(40, low=-1, high=1)
math.append(case("erfInv", [u], scipy.special.erfinv(u.astype(np.float64)), np.float32))
write("ops/math.json", math)

# --- comparison ---------------------------------------------------------------------------------------------------
compare = []
for name, f in {
    "equal": np.equal, "notEqual": np.not_equal, "less": np.less, "lessEqual": np.less_equal, "greater": np.greater,
    "greaterEqual": np.greater_equal, "logicalAnd": np.logical_and, "logicalOr": np.logical_or, "logicalXor": np.logical_xor,
}.items():
    a = np.repeat(SPECIAL, 9).reshape(9, 9)
    compare += [case(name, [a, SPECIAL], f(a, SPECIAL)), case(name, [whole, 2], f(whole, 2)), case(name, [EMPTY, 1], f(EMPTY, 1))]
    compare.append(case(name, [np.array([True, False]), np.array([[True], [False]])], f(np.array([True, False]), np.array([[True], [False]]))))
for name, f in {"isNan": np.isnan, "isFinite": np.isfinite, "isInf": np.isinf, "logicalNot": np.logical_not}.items():
    compare += [case(name, [SPECIAL], f(SPECIAL)), case(name, [whole], f(whole)), case(name, [np.array([True, False])], f(np.array([True, False])))]
for name, f in {"bitwiseAnd": np.bitwise_and, "bitwiseOr": np.bitwise_or, "bitwiseXor": np.bitwise_xor}.items():
    a, b = i32(3, 4, low=-1000, high=1000), i32(4, low=-1000, high=1000)
    c, d = u8(5), u8(5)
    compare += [case(name, [a, b], f(a, b)), case(name, [c, d], f(c, d))]
    compare.append(case(name, [np.array([True, False, True]), np.array([True, True, False])], f(np.array([True, False, True]), np.array([True, True, False]))))
a, c = i32(4), u8(4)
compare += [case("bitwiseNot", [a], ~a), case("bitwiseNot", [c], ~c), case("bitwiseNot", [np.array([True, False])], ~np.array([True, False]))]
write("ops/compare.json", compare)

# --- reductions -----------------------------------------------------------------------------------------------------
reduce = []
t = f32(2, 3, 2)
AXES = [(None, None), (0, 0), (-1, -1), ([0, 2], (0, 2)), ({"axis": 1, "keepDims": True}, None), ({"axis": [-1, 0], "keepDims": True}, None), ({"keepDims": True}, None)]


def numpy_axis(axis):
    if isinstance(axis, dict):
        value = axis.get("axis")
        return {"axis": tuple(value) if isinstance(value, list) else value, "keepdims": axis.get("keepDims", False)}
    return {"axis": tuple(axis) if isinstance(axis, list) else axis, "keepdims": False}


with_axis = lambda x, axis: [x] if axis is None else [x, axis]
for name, f in {
    "sum": np.sum, "prod": np.prod, "mean": np.mean, "variance": np.var, "std": np.std, "max": np.max, "min": np.min, "any": np.any,
    "all": np.all, "countNonzero": np.count_nonzero, "logsumexp": scipy.special.logsumexp,
}.items():
    result = {"any": bool, "all": bool, "countNonzero": np.int32}.get(name, np.float32)
    for axis, _ in AXES:
        reduce.append(case(name, with_axis(t, axis), f(t.astype(np.float64), **numpy_axis(axis)), result))
    if name != "logsumexp":
        reduce.append(case(name, [SPECIAL], f(SPECIAL), result))
    finite = np.array([1, 0, 3], np.int32)
    integral = {"sum": np.int32, "prod": np.int32, "max": np.int32, "min": np.int32, "any": bool, "all": bool, "countNonzero": np.int32}.get(name, np.float32)
    reduce.append(case(name, [finite], f(finite), integral))
    if name not in ("max", "min"):
        reduce.append(case(name, [EMPTY, 0], f(EMPTY, axis=0) if name != "logsumexp" else np.full(3, -np.inf), result))
    if name in ("sum", "mean", "max", "min", "prod", "any", "all", "countNonzero"):
        b = np.array([[True, False], [True, True]])
        kind = {"mean": np.float32, "sum": np.int32, "prod": np.int32, "countNonzero": np.int32}.get(name, bool)
        reduce.append(case(name, [b, 0], f(b, axis=0), kind))
reduce.append(case("sum", [np.full(600, 200, np.uint8)], 120000, np.int32))
reduce.append(case("logsumexp", [np.array([1000.0, 1000.0, -np.inf], np.float32)], 1000 + np.log(2), np.float32))
reduce.append(case("logsumexp", [np.array([-np.inf, -np.inf], np.float32)], -np.inf, np.float32))
reduce.append(case("logsumexp", [np.array([np.inf, 1.0], np.float32)], np.inf, np.float32))
for options in ({}, {"ord": 1}, {"ord": 3, "axis": 1}, {"axis": [0, 2], "keepDims": True}, {"ord": 0, "axis": -1}):
    power = options.get("ord", 2)
    size = np.abs(t.astype(np.float64))
    axis = numpy_axis({k: v for k, v in options.items() if k != "ord"})
    value = np.sum(size != 0, **axis) if power == 0 else np.sum(size**power, **axis) ** (1 / power)
    reduce.append(case("norm", [t, options], value, np.float32))
ties = np.array([[3, 1, 3, 2], [0, 0, -1, -1]], np.int32)
nans = np.array([[1, np.nan, 5], [2, 7, 7]], np.float32)
for name, f in {"argmax": np.argmax, "argmin": np.argmin}.items():
    for v in (ties, nans, t, np.array([[True, False], [False, True]])):
        reduce += [case(name, [v], f(v), np.int32), case(name, [v, -1], f(v, axis=-1), np.int32)]
        reduce.append(case(name, [v, {"axis": 0, "keepDims": True}], f(v, axis=0, keepdims=True), np.int32))
write("ops/reduce.json", reduce)

# --- shapes ---------------------------------------------------------------------------------------------------------
m = i32(2, 3, 4)
row = i32(5)
shape = [
    case("reshape", [m, [4, -1]], m.reshape(4, 6)),
    case("reshape", [m, [-1]], m.reshape(-1)),
    case("reshape", [EMPTY, [3, 0]], EMPTY.reshape(3, 0)),
    case("flatten", [m], m.reshape(-1)),
    case("transpose", [m], m.T),
    case("transpose", [m, [1, -1, 0]], m.transpose(1, 2, 0)),
    case("swapaxes", [m, 0, -1], np.swapaxes(m, 0, -1)),
    case("moveaxis", [m, 0, -1], np.moveaxis(m, 0, -1)),
    case("moveaxis", [m, [0, 1], [-1, 0]], np.moveaxis(m, [0, 1], [-1, 0])),
    case("expandDims", [m, 1], np.expand_dims(m, 1)),
    case("expandDims", [m, -1], np.expand_dims(m, -1)),
    case("squeeze", [m.reshape(1, 2, 12, 1)], m.reshape(2, 12)),
    case("squeeze", [m.reshape(1, 2, 12, 1), -1], m.reshape(1, 2, 12)),
    case("broadcastTo", [row, [2, 5]], np.broadcast_to(row, (2, 5))),
    case("flip", [m], np.flip(m)),
    case("flip", [m, [0, -1]], np.flip(m, (0, -1))),
    case("concat", [[m, m[:, :1]], 1], np.concatenate([m, m[:, :1]], 1)),
    case("concat", [[row, np.zeros(0, np.int32), row]], np.concatenate([row, row])),
    case("concat", [[row, f32(0)]], row, np.float32),
    case("stack", [[row, row + 1]], np.stack([row, row + 1])),
    case("stack", [[row, row + 1], -1], np.stack([row, row + 1], -1)),
    case("slice", [m, [0, 1], [1, 2]], m[0:1, 1:3]),
    case("slice", [m, [1, -2, 0], [-1, 2, 3]], m[1:, -2:, :3]),
    case("slice", [row, 2, 2], row[2:4]),
    case("split", [m, 2, -1], np.split(m, 2, -1)),
    case("split", [row, [1, 0, 4]], np.split(row, [1, 1])),
    case("unstack", [m, 1], [m[:, i] for i in range(3)]),
    case("roll", [row, 2], np.roll(row, 2)),
    case("roll", [m, -1, 1], np.roll(m, -1, 1)),
    case("roll", [m, [1, 7], [0, 2]], np.roll(m, (1, 7), (0, 2))),
    case("roll", [m, 5], np.roll(m, 5)),
    case("tile", [row, 2], np.tile(row, 2)),
    case("tile", [m, [2, 1, 1, 2]], np.tile(m, (2, 1, 1, 2))),
    case("tile", [m, [0]], np.tile(m, (0,))),
    case("repeat", [m, 2], np.repeat(m, 2)),
    case("repeat", [m, 3, 1], np.repeat(m, 3, 1)),
    case("pad", [m, [[0, 0], [1, 2], [0, 1]]], np.pad(m, ((0, 0), (1, 2), (0, 1)))),
    case("pad", [row, [[2, 1]], {"value": 7}], np.pad(row, (2, 1), constant_values=7)),
    case("pad", [m, [[1, 0], [2, 2], [0, 3]], {"mode": "edge"}], np.pad(m, ((1, 0), (2, 2), (0, 3)), mode="edge")),
    case("pad", [m, [[1, 1], [2, 0], [0, 3]], {"mode": "reflect"}], np.pad(m, ((1, 1), (2, 0), (0, 3)), mode="reflect")),
    case("take", [m, [1, 0, -1], 1], np.take(m, [1, 0, -1], 1)),
    case("take", [m, np.array([[0, 1], [1, -2]], np.int32)], np.take(m, np.array([[0, 1], [1, -2]]), 0)),
    case("take", [m, np.array([[0, 3]], np.int32), -1], np.take(m, np.array([[0, 3]]), -1)),
    case("take", [row, np.array(3, np.int32)], np.take(row, 3)),
    case("at", [m, -1], m[-1]),
    case("at", [m, 0, [1, 3], [None, None, 2]], m[0, 1:3, ::2]),
    case("at", [m, "...", -1], m[..., -1]),
    case("at", [m, [], None, 1], m[:, None, 1]),
    case("at", [m, None, "...", [None, None, -1], None], m[None, ..., ::-1, None]),
    case("at", [row, [-2, None]], row[-2:]),
    case("at", [row, [3, 0, -2]], row[3:0:-2]),
    case("at", [row, [None, None, -3]], row[::-3]),
    case("at", [row, [4, 1]], row[4:1]),
    case("at", [row, [-99, 99]], row[-99:99]),
    case("at", [EMPTY, [None, None, -1]], EMPTY[::-1]),
    case("tril", [m], np.tril(m)),
    case("triu", [m, 1], np.triu(m, 1)),
    case("tril", [m, -1], np.tril(m, -1)),
]
create = [
    case("eye", [3], np.eye(3), np.float32),
    case("eye", [2, 4, "int32"], np.eye(2, 4), np.int32),
    case("tri", [3, 4, 1], np.tri(3, 4, 1), np.float32),
    case("arange", [5], np.arange(5), np.int32),
    case("arange", [2, 9, 3], np.arange(2, 9, 3), np.int32),
    case("arange", [1, 0, -0.25], np.arange(1, 0, -0.25), np.float32),
    case("arange", [3, 1], np.arange(3, 1), np.int32),
    case("linspace", [0, 1, 7], np.linspace(0, 1, 7), np.float32),
    case("linspace", [-1, 2, 4, "float64"], np.linspace(-1, 2, 4)),
    case("linspace", [3, 5, 1], np.linspace(3, 5, 1), np.float32),
    case("oneHot", [np.array([[0, 2], [3, -1]], np.int32), 3], np.eye(4, 3)[[[0, 2], [3, 3]]], np.float32),
    case("full", [[2, 2], 7, "uint8"], np.full((2, 2), 7), np.uint8),
    case("full", [[2], True], np.full(2, True)),
    case("zeros", [[0, 2]], np.zeros((0, 2)), np.float32),
    case("onesLike", [row], np.ones(5), np.int32),
]
write("ops/shape.json", shape + create)

# --- products -------------------------------------------------------------------------------------------------------
linalg = []
for a, b in [((3, 4), (4, 5)), ((4,), (4,)), ((4,), (4, 2)), ((3, 4), (4,)), ((2, 3, 4), (4, 5)), ((2, 1, 3, 4), (5, 4, 2)), ((4,), (2, 4, 3)), ((2, 3, 4), (4,)), ((0, 4), (4, 3)), ((3, 0), (0, 2))]:
    x, y = f32(*a), f32(*b)
    linalg.append(case("matmul", [x, y], x.astype(np.float64) @ y, np.float32))
x, y = i32(3, 4), i32(4, 2)
linalg.append(case("matmul", [x, y], x @ y))
for a, b in [((4,), (4,)), ((3, 4), (4,)), ((2, 3, 4), (5, 4, 2)), ((3, 4), (4, 2)), ((), (3,))]:
    x, y = f64(*a), f64(*b)
    linalg.append(case("dot", [np.asarray(x), np.asarray(y)], np.dot(x, y)))
x, y = f64(3), f64(2, 2)
linalg.append(case("outer", [x, y], np.outer(x, y)))
x, y = f64(2, 3, 4), f64(3, 4, 5)
linalg.append(case("tensordot", [x, y], np.tensordot(x, y)))
linalg.append(case("tensordot", [x, y, [[1, -1], [0, 1]]], np.tensordot(x, y, ([1, 2], [0, 1]))))
z = f64(4, 2)
linalg.append(case("tensordot", [x, z, 1], np.tensordot(x, z, 1)))
for equation, *shapes in [
    ("ij,jk->ik", (2, 3), (3, 4)),
    ("ij,jk", (2, 3), (3, 4)),
    ("ba,cb", (3, 2), (4, 3)),
    ("bij,bjk->bik", (2, 3, 4), (2, 4, 2)),
    ("bhqd,bhkd->bhqk", (2, 2, 3, 4), (2, 2, 5, 4)),
    ("ii", (3, 3)),
    ("ii->i", (3, 3)),
    ("iji->j", (3, 2, 3)),
    ("ij->ji", (2, 3)),
    ("ij->", (2, 3)),
    ("i,j->ij", (2,), (3,)),
    ("i,i->i", (3,), (3,)),
    ("i,i", (3,), (3,)),
    ("ij,jk,kl->il", (2, 3), (3, 4), (4, 2)),
    ("ij,kj,j->ik", (2, 3), (4, 3), (3,)),
    ("...ij,...jk->...ik", (2, 1, 3, 4), (5, 4, 2)),
    ("...i,i", (2, 3), (3,)),
    ("a...,...a->...", (3, 2), (2, 3)),
    ("ij,k->k", (2, 3), (4,)),
    ("ab,ab,ab->a", (2, 3), (2, 3), (2, 3)),
]:
    operands = [f64(*s) for s in shapes]
    linalg.append(case("einsum", [equation, *operands], np.einsum(equation, *operands)))
write("ops/linalg.json", linalg)

# --- activations ------------------------------------------------------------------------------------------------------
nn = []
x = f64(3, 4, low=-4, high=4)
nn += [
    case("relu", [x], np.maximum(x, 0)),
    case("relu", [SPECIAL], np.maximum(SPECIAL, 0)),
    case("relu", [whole], np.maximum(whole, 0)),
    case("relu6", [x * 3], np.clip(x * 3, 0, 6)),
    case("leakyRelu", [x], np.where(x > 0, x, 0.2 * x)),
    case("leakyRelu", [x, 0.01], np.where(x > 0, x, 0.01 * x)),
    case("elu", [x], np.where(x > 0, x, np.expm1(x))),
    case("elu", [np.array([1000.0, -1000.0, -1e-9])], np.array([1000, -1, np.expm1(-1e-9)])),
    case("silu", [x], x * scipy.special.expit(x)),
    case("gelu", [x], 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))),
    case("softplus", [x], np.logaddexp(0, x)),
    case("softplus", [np.array([-1000.0, 1000.0, 0.0])], np.array([0, 1000, np.log(2)])),
    case("softsign", [x], x / (1 + np.abs(x))),
]
for axis in (None, 0, -1):
    nn.append(case("softmax", with_axis(x, axis), scipy.special.softmax(x, axis=-1 if axis is None else axis)))
    nn.append(case("logSoftmax", with_axis(x, axis), scipy.special.log_softmax(x, axis=-1 if axis is None else axis)))
large = np.array([[1000.0, 0.0, -1000.0]])
nn += [case("softmax", [large], scipy.special.softmax(large, axis=-1)), case("logSoftmax", [large], scipy.special.log_softmax(large, axis=-1))]
write("ops/nn.json", nn)

# --- windows ------------------------------------------------------------------------------------------------------------


def padding_of(extent, window, stride, dilation, padding):
    if padding == "valid":
        return 0, 0
    reach = (window - 1) * dilation + 1
    total = max(0, (-(-extent // stride) - 1) * stride + reach - extent)
    return total // 2, total - total // 2


def correlate(x, kernel, strides, pads, dilation, groups):
    """The definition, one output channel at a time, by scipy's correlation of a dilated kernel."""
    rank = x.ndim - 2
    spread = np.zeros([(k - 1) * d + 1 for k, d in zip(kernel.shape, dilation)] + list(kernel.shape[-2:]))
    spread[tuple(slice(None, None, d) for d in dilation)] = kernel
    padded = np.pad(x, [(0, 0), *pads, (0, 0)])
    channels, filters = kernel.shape[-2:]
    out = []
    for n in range(x.shape[0]):
        maps = []
        for o in range(filters):
            first = o // (filters // groups) * channels
            parts = [scipy.signal.correlate(padded[n, ..., first + c], spread[..., c, o], "valid", "direct") for c in range(channels)]
            maps.append(np.sum(parts, 0)[tuple(slice(None, None, s) for s in strides)])
        out.append(np.stack(maps, -1))
    assert out[0].ndim == rank + 1
    return np.stack(out)


def convolution(op, x_shape, kernel_shape, options):
    x, kernel = f64(*x_shape), f64(*kernel_shape)
    rank = len(x_shape) - 2
    each = lambda v: [v] * rank if isinstance(v, int) else v
    strides, dilation = each(options.get("strides", 1)), each(options.get("dilationRate", 1))
    padding = options.get("padding", "valid")
    if padding == "causal":
        pads = [((kernel_shape[0] - 1) * dilation[0], 0)]
    elif isinstance(padding, str):
        pads = [padding_of(x_shape[1 + i], kernel_shape[i], strides[i], dilation[i], padding) for i in range(rank)]
    else:
        pads = padding
    return case(op, [x, kernel, options], correlate(x, kernel, strides, pads, dilation, options.get("groups", 1)))


def pooling(op, x_shape, options, f):
    x = f64(*x_shape)
    rank = len(x_shape) - 2
    each = lambda v: [v] * rank if isinstance(v, int) else v
    size, strides = each(options["poolSize"]), each(options.get("strides", options["poolSize"]))
    pads = [padding_of(x_shape[1 + i], size[i], strides[i], 1, options.get("padding", "valid")) for i in range(rank)]
    padded = np.pad(x, [(0, 0), *pads, (0, 0)], constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, size, axis=tuple(range(1, rank + 1)))
    windows = windows[(slice(None), *[slice(None, None, s) for s in strides])]
    return case(op, [x, options], f(windows, axis=tuple(range(rank + 2, 2 * rank + 2))))


def transposed(x_shape, kernel_shape, stride, padding):
    """Adds a scaled kernel at every position, then crops as Keras does."""
    x, kernel = f64(*x_shape), f64(*kernel_shape)
    n, h, w, _ = x_shape
    kh, kw, filters, _ = kernel_shape
    full = np.zeros((n, (h - 1) * stride + kh, (w - 1) * stride + kw, filters))
    for i in range(h):
        for j in range(w):
            full[:, i * stride : i * stride + kh, j * stride : j * stride + kw] += np.einsum("nc,abfc->nabf", x[:, i, j], kernel)
    out = []
    for extent, k in ((h, kh), (w, kw)):
        size = extent * stride + (0 if padding == "same" else max(k - stride, 0))
        low = padding_of(size, k, stride, 1, padding)[0]
        out.append((low, size))
    (top, height), (left, width) = out
    grown = np.zeros((n, max(full.shape[1], top + height), max(full.shape[2], left + width), filters))
    grown[:, : full.shape[1], : full.shape[2]] = full
    result = grown[:, top : top + height, left : left + width]
    return case("convTranspose2d", [x, kernel, {"strides": stride, "padding": padding}], result)


conv = [
    convolution("conv1d", (2, 7, 3), (3, 3, 2), {}),
    convolution("conv1d", (1, 7, 2), (3, 2, 2), {"padding": "causal", "dilationRate": 2}),
    convolution("conv1d", (1, 8, 2), (3, 2, 2), {"padding": "same", "strides": 2}),
    convolution("conv2d", (2, 5, 6, 3), (3, 3, 3, 4), {}),
    convolution("conv2d", (1, 5, 6, 2), (2, 3, 2, 3), {"padding": "same", "strides": [2, 1]}),
    convolution("conv2d", (1, 6, 6, 4), (3, 3, 1, 4), {"groups": 4, "padding": "same"}),
    convolution("conv2d", (1, 7, 7, 4), (2, 2, 2, 6), {"groups": 2, "dilationRate": [2, 3]}),
    convolution("conv2d", (1, 4, 4, 1), (3, 3, 1, 1), {"padding": [[1, 2], [0, 1]], "strides": 2}),
    convolution("conv3d", (1, 4, 4, 3, 2), (2, 2, 2, 2, 2), {"padding": "same"}),
    transposed((1, 3, 4, 2), (3, 3, 3, 2), 2, "same"),
    transposed((1, 3, 3, 2), (3, 2, 2, 2), 2, "valid"),
    transposed((2, 2, 3, 1), (2, 2, 2, 1), 3, "valid"),
]
write("ops/conv.json", conv)

pool = [
    pooling("maxPool1d", (2, 7, 2), {"poolSize": 2}, np.nanmax),
    pooling("maxPool2d", (2, 6, 6, 3), {"poolSize": 2}, np.nanmax),
    pooling("maxPool2d", (1, 5, 6, 2), {"poolSize": [3, 2], "strides": [1, 2], "padding": "same"}, np.nanmax),
    pooling("maxPool3d", (1, 4, 4, 4, 1), {"poolSize": 2}, np.nanmax),
    pooling("avgPool1d", (1, 7, 2), {"poolSize": 3, "strides": 1, "padding": "same"}, np.nanmean),
    pooling("avgPool2d", (2, 6, 6, 2), {"poolSize": 2}, np.nanmean),
    pooling("avgPool2d", (1, 5, 5, 2), {"poolSize": 3, "strides": 2, "padding": "same"}, np.nanmean),
    pooling("avgPool3d", (1, 3, 4, 4, 1), {"poolSize": [1, 2, 2]}, np.nanmean),
]
write("ops/pool.json", pool)
