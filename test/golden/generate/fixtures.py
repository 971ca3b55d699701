"""Arrays as JSON that keeps every bit: numbers in full, and names for what JSON lacks."""

import hashlib
import json
import platform
import re
import sys
from importlib import metadata
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / "fixtures"
MANIFEST = HERE.parent / "MANIFEST.json"


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
    register(name, text)


def register(name, text):
    """Notes in the manifest what made a fixture: generator, seeds, hash, and the versions in use."""
    script = Path(sys.argv[0]).resolve()
    seeds = {int(n) for n in re.findall(r"(?:default_rng|numbers)\((\d+)", script.read_text())}
    manifest = json.loads(MANIFEST.read_text()) if MANIFEST.exists() else {"versions": {}, "fixtures": {}}
    manifest["versions"] |= versions()
    manifest["fixtures"][name] = {
        "generator": script.relative_to(HERE).as_posix(),
        "seeds": sorted(seeds),
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    ordered = {part: dict(sorted(entries.items())) for part, entries in manifest.items()}
    MANIFEST.write_text(json.dumps(ordered, indent=2) + "\n")


def versions():
    """Of Python and of what requirements.txt names, as far as it is installed."""
    packages = [line.split("==")[0] for line in (HERE / "requirements.txt").read_text().split()]
    found = {"python": platform.python_version()}
    for package in packages:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found
