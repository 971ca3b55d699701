"""Arrays as JSON that keeps every bit: numbers in full, and names for what JSON lacks."""

import json
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent.parent / "fixtures"


def number(x):
    # the shortest digits that give the float32 back, instead of those of its double
    x = float(str(x)) if isinstance(x, np.float32) else x.item()
    if isinstance(x, float):
        if np.isnan(x):
            return "NaN"
        if np.isinf(x):
            return "Infinity" if x > 0 else "-Infinity"
        if x == 0 and np.signbit(x):
            return "-0"
        return int(x) if x.is_integer() and abs(x) < 2**31 else x
    return int(x)


def encode(array):
    array = np.asarray(array)
    return {"shape": list(array.shape), "dtype": str(array.dtype), "data": [number(x) for x in array.reshape(-1)]}


def write(name, value):
    path = FOLDER / name
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(value, separators=(",", ":")) + "\n"
    assert len(text) <= 50_000, f"{name}: {len(text)} bytes"
    path.write_text(text)
