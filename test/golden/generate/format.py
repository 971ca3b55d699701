"""How NumPy prints arrays: writes test/golden/fixtures/tensor/format.json."""

import numpy as np
from fixtures import encode, write

rng = np.random.default_rng(7)

ARRAYS = [
    np.array(1.5, np.float32),
    np.array(-3.0, np.float64),
    np.array(1e-7, np.float32),
    np.array(2.5e20, np.float64),
    np.array(0.1, np.float32),
    np.array(7, np.int32),
    np.array([1, 2, 3], np.float32),
    np.array([1.5, -2.25, 0.001], np.float32),
    np.array([0.1, 0.2, 1 / 3], np.float32),
    np.array([0.1, 0.2, 1 / 3], np.float64),
    np.array([1e-5, 1.0], np.float32),
    np.array([1e10, 1.0], np.float64),
    np.array([999999.0, 1000.0], np.float32),
    np.array([1234567.0, 1234567.5], np.float32),
    np.array([99999999.0, 5e5], np.float64),
    np.array([123456.789, 1.0], np.float64),
    np.array([np.nan, 1.0, np.inf, -np.inf], np.float32),
    np.array([np.nan, np.nan], np.float64),
    np.array([-0.0, 0.0], np.float32),
    np.array([1e100, 1e-100, -1.5], np.float64),
    np.array([0.999999999999, 2], np.float64),
    np.array([[1, 2], [30, -4]], np.int32),
    np.array([[1.5, 2], [30, -4]], np.float32),
    np.zeros((0,), np.float32),
    np.zeros((2, 0), np.float32),
    np.zeros((1, 1, 1), np.float32),
    np.arange(24).reshape(2, 3, 4).astype(np.float32),
    np.arange(16).reshape(2, 2, 2, 2).astype(np.int32),
    np.arange(60).astype(np.int32),
    np.linspace(0, 1, 25).astype(np.float32),
    rng.standard_normal((3, 12)).astype(np.float32),
    rng.standard_normal((2, 2, 9)),
    np.arange(1001).astype(np.float32),
    np.arange(1000).reshape(10, 100).astype(np.uint8),
    np.arange(4000).reshape(40, 100).astype(np.int32),
    np.arange(2000).reshape(2, 5, 200).astype(np.float32),
    np.array([250, 3], np.uint8),
]

BOOLS = [np.array(True), np.array([True, False]), np.array([[False, False], [True, True]])]


def case(array):
    # bool prints in JavaScript's spelling, which is as long as Python's
    text = str(array).replace("True", "true").replace("False", "false")
    whole = array if array.size <= 64 else None
    value = encode(whole) if whole is not None else {"shape": array.shape, "dtype": str(array.dtype), "data": "range"}
    return {"value": value, "text": text}


write("tensor/format.json", [case(array) for array in ARRAYS + BOOLS])
