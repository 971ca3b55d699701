"""Calls of ops with their results, as test/golden/ops.test.ts reads them."""

import numpy as np
from fixtures import encode, number


def argument(value):
    if isinstance(value, (np.ndarray, np.generic)):
        return {"array": encode(value)}
    if isinstance(value, float) and not np.isfinite(value):
        return {"number": number(np.float64(value))}
    if isinstance(value, (list, tuple)) and any(isinstance(item, np.ndarray) for item in value):
        return {"arrays": [encode(item) for item in value]}
    if isinstance(value, dict) and any("plain" not in argument(item) for item in value.values()):
        return {"record": {key: argument(item) for key, item in value.items()}}
    return {"plain": value}


def case(op, args, expected, dtype=None):
    several = isinstance(expected, (list, tuple))
    results = [np.asarray(e) if dtype is None else np.asarray(e).astype(dtype) for e in (expected if several else [expected])]
    return {"op": op, "args": [argument(a) for a in args], "expected": [encode(r) for r in results], "several": several}
