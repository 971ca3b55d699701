"""Fits the coefficients of src/primitives/elementwise/half-angle.ts and prints them.

An odd function f is written as 2 T / (1 + T^2) with T = x P(x^2) / Q(x^2). A rational Remez exchange makes the
relative error of f, not of T, as even as possible; then a common factor of P and Q is chosen for which rounding in
single precision costs least, with the multiply-adds fused and not.
"""

import mpmath as mp
import numpy as np
import scipy.special

mp.mp.dps = 50
GRID = 1200
F32 = np.float32


def evaluate(coefficients, t):
    return mp.polyval([*reversed(coefficients), mp.mpf(1)], t)


def solve(nodes, f, weight, degrees, error):
    """P, Q and E with P / Q = f (1 + E / weight) and signs that alternate from node to node."""
    m, n = degrees
    size = m + n + 1
    rows, right = mp.matrix(size, size), mp.matrix(size, 1)
    p, q = [mp.mpf(0)] * m, [mp.mpf(0)] * n
    for _ in range(8):
        for i, t in enumerate(nodes):
            sign = (-1) ** i / weight(t)
            value = f(t)
            level = value * (1 + sign * error)
            for j in range(m):
                rows[i, j] = t ** (j + 1)
            for j in range(n):
                rows[i, m + j] = -level * t ** (j + 1)
            slope = sign * value * evaluate(q, t)
            rows[i, size - 1] = -slope
            right[i] = level - 1 - slope * error
        solution = list(mp.lu_solve(rows, right))
        p, q, last, error = solution[:m], solution[m : m + n], error, solution[-1]
        if abs(error - last) < abs(error) * 1e-8:
            break
    return p, q, error


def remez(f, weight, end, degrees):
    """P and Q with constant term 1 whose ratio is closest to f on (0, end]."""
    size = sum(degrees) + 1
    nodes = [end * (1 - mp.cos(mp.pi * (2 * i + 1) / (2 * size))) / 2 for i in range(size)]
    grid = [end * mp.mpf(i + 1) ** 2 / GRID**2 for i in range(GRID)]
    values = [(f(t), weight(t)) for t in grid]
    error = mp.mpf(0)
    for _ in range(40):
        p, q, error = solve(nodes, f, weight, degrees, error)
        errors = [(evaluate(p, t) / evaluate(q, t) / v - 1) * w for t, (v, w) in zip(grid, values, strict=True)]
        starts = [0, *(i for i in range(1, GRID) if (errors[i] > 0) != (errors[i - 1] > 0)), GRID]
        runs = [range(a, b) for a, b in zip(starts, starts[1:])]
        peaks = [max(run, key=lambda i: abs(errors[i])) for run in runs]
        assert len(peaks) >= size, "the error does not alternate often enough"
        while len(peaks) > size:
            peaks = peaks[1:] if abs(errors[peaks[0]]) < abs(errors[peaks[-1]]) else peaks[:-1]
        nodes = [grid[i] for i in peaks]
        if max(map(abs, errors)) < abs(error) * 1.001:
            break
    return p, q


def multiply_add(a, b, c, fused):
    if not fused:
        return a * b + c
    return (a.astype(np.float64) * np.float64(b) + np.float64(c)).astype(F32)


def horner(coefficients, t, fused):
    total = np.full_like(t, coefficients[0])
    for c in coefficients[1:]:
        total = multiply_add(total, t, c, fused)
    return total


def ulps(p, q, limit, x, exact, fused):
    """The largest error of the single-precision code, step by step as the lowering takes it."""
    clamped = np.minimum(x, F32(float(limit)))
    square = clamped * clamped
    n, d = clamped * horner(p, square, fused), horner(q, square, fused)
    product = n * d
    result = np.minimum((product + product) / multiply_add(d, d, n * n, fused), F32(1))
    return (np.abs(result - exact) / 2.0 ** (np.floor(np.log2(exact)) - 23)).max()


def fit(name, exact, reference, slope, limit, degrees):
    half = lambda x: mp.tanh(mp.atanh(exact(x)) / 2)  # noqa: E731
    f = lambda t: half(mp.sqrt(t)) / mp.sqrt(t) / slope  # noqa: E731
    # d log f / d log T
    weight = lambda t: (1 - half(mp.sqrt(t)) ** 2) / (1 + half(mp.sqrt(t)) ** 2)  # noqa: E731
    p, q = remez(f, weight, mp.mpf(limit) ** 2, degrees)
    numerator = np.array([float(slope * c) for c in [*reversed(p), mp.mpf(1)]])
    denominator = np.array([float(c) for c in [*reversed(q), mp.mpf(1)]])
    x = np.arange(0x3C000000, 0x41200000, 499, dtype=np.uint32).view(F32)
    truth = reference(x.astype(np.float64))

    def worst(factor):
        pair = (numerator * factor).astype(F32), (denominator * factor).astype(F32)
        return max(ulps(*pair, limit, x, truth, fused) for fused in (True, False))

    factor = min(np.arange(1.4, 2, 1 / 256), key=worst)
    print(f"{name}: limit {float(limit)}, factor {factor}, {worst(factor):.2f} ulp")
    for label, row in (("numerator", numerator), ("denominator", denominator)):
        print(f"  {label}: [{', '.join(f'{c:.9g}' for c in (row * factor).astype(F32))}]")


fit("tanh", mp.tanh, np.tanh, mp.mpf(1) / 2, 9, (2, 3))
fit("erf", mp.erf, scipy.special.erf, 1 / mp.sqrt(mp.pi), mp.mpf("3.9"), (3, 4))
