"""What NumPy and SciPy compute with matrices: writes test/golden/fixtures/ops/matrices.json."""

import os
import sys

sys.path.pop(0)  # a sibling's name hides the standard library's random
import numpy as np
import scipy.linalg

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from cases import case
from fixtures import write

rng = np.random.default_rng(17)


def f64(*shape):
    return rng.uniform(-2, 2, shape).round(3)


matrices = []
for shape in ((4, 4), (2, 3, 3), (1, 1)):
    x = f64(*shape)
    positive = x @ np.swapaxes(x, -1, -2) + 2 * np.eye(shape[-1])
    matrices.append(case("cholesky", [positive], np.linalg.cholesky(positive)))
    matrices += [case("inv", [x], np.linalg.inv(x)), case("det", [x], np.linalg.det(x)), case("slogdet", [x], tuple(np.linalg.slogdet(x)))]
    b = f64(*shape[:-1], 2)
    matrices.append(case("solve", [x, b], np.linalg.solve(x, b)))
    for lower in (False, True):
        steep = x + 5 * np.eye(shape[-1])
        expected = np.stack([scipy.linalg.solve_triangular(a, v, lower=lower) for a, v in zip(steep.reshape(-1, *shape[-2:]), b.reshape(-1, *b.shape[-2:]))])
        matrices.append(case("solveTriangular", [steep, b, {"lower": lower}], expected.reshape(b.shape)))
x, v = f64(2, 3, 3), f64(2, 3)
matrices.append(case("solve", [x, v], np.linalg.solve(x, v[..., None])[..., 0]))
singular = np.array([[1.0, 2.0, 3.0], [2.0, 4.0, 6.0], [1.0, 0.0, 1.0]])
matrices += [case("det", [singular], np.array(0.0)), case("slogdet", [singular], (np.array(0.0), np.array(-np.inf)))]

for shape in ((5, 3), (3, 5), (2, 4, 4), (1, 2)):
    x = f64(*shape)
    q, r = np.linalg.qr(x)
    # LAPACK leaves the signs to chance
    signs = np.sign(np.diagonal(r, axis1=-2, axis2=-1))
    matrices.append(case("qr", [x], (q * signs[..., None, :], r * signs[..., :, None])))
    matrices.append(case("pinv", [x], np.linalg.pinv(x)))
x = np.outer([1.0, 2.0, 3.0], [1.0, -1.0])
matrices.append(case("pinv", [x], np.linalg.pinv(x)))

for offset in (-2, -1, 0, 1, 5):
    x, v = f64(3, 4), f64(3)
    matrices += [case("diagonal", [x, offset], np.diagonal(x, offset)), case("trace", [x, offset], np.trace(x, offset)), case("diag", [x, offset], np.diag(x, offset)), case("diag", [v, offset], np.diag(v, offset))]
x = f64(2, 3, 3)
matrices += [case("diagonal", [x], np.diagonal(x, axis1=1, axis2=2)), case("trace", [x], np.trace(x, axis1=1, axis2=2))]
write("ops/matrices.json", matrices)
