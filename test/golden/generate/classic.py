"""What NumPy and SciPy find for the methods of src/classic: writes test/golden/fixtures/classic/classifiers.json."""

import itertools

import numpy as np
from fixtures import encode, write
from scipy.optimize import minimize

rng = np.random.default_rng(1998)

labels = np.arange(36) % 3
x = (rng.normal(size=(36, 4)) + 1.2 * rng.normal(size=(3, 4))[labels]).round(3)
queries = (1.5 * rng.normal(size=(8, 4))).round(3)
signs = 2.0 * np.eye(3)[labels] - 1


def neighbours(k):
    distances = np.linalg.norm(queries[:, None] - x[None], axis=-1)
    order = np.argsort(distances, axis=1, kind="stable")[:, :k]
    return {"distances": encode(np.take_along_axis(distances, order, 1)), "indices": encode(order.astype(np.int32))}


def ridge(rows, targets, penalty):
    center, level = rows.mean(0), targets.mean(0)
    a = np.vstack([rows - center, np.sqrt(penalty) * np.eye(rows.shape[1])])
    b = np.vstack([targets - level, np.zeros((rows.shape[1], targets.shape[1]))])
    weights = np.linalg.lstsq(a, b, rcond=None)[0]
    return weights, level - center @ weights


def pairwise(penalty):
    scores = np.zeros((len(queries), 3))
    for i, j in itertools.combinations(range(3), 2):
        chosen = (labels == i) | (labels == j)
        targets = np.where(labels[chosen] == i, 1.0, -1.0)[:, None]
        weights, bias = ridge(x[chosen], targets, penalty)
        output = np.clip(queries @ weights + bias, -1, 1)[:, 0]
        scores[:, i] += output
        scores[:, j] -= output
    return scores


def polynomial(rows, degree):
    columns = [np.ones(len(rows))]
    for d in range(1, degree + 1):
        columns += [np.prod(rows[:, list(c)], axis=1) for c in itertools.combinations_with_replacement(range(rows.shape[1]), d)]
    return np.stack(columns, 1)


def hinge(kernel, penalty):
    """Minimises penalty |f|^2 + sum max(0, 1 - y f)^2, a class at a time, over f = w phi with phi from the likenesses."""
    values, vectors = np.linalg.eigh(kernel(x, x))
    phi = vectors * np.sqrt(np.maximum(values, 0))
    scores = []
    for y in signs.T:
        def objective(w):
            slack = np.maximum(0, 1 - y * (phi @ w))
            return penalty * w @ w + slack @ slack, 2 * (penalty * w - phi.T @ (slack * y))

        w = minimize(objective, np.zeros(len(x)), jac=True, method="L-BFGS-B", options={"maxiter": 100_000, "maxfun": 100_000, "ftol": 1e-16, "gtol": 1e-10}).x
        # where the slope is 0, the coefficients are the slacks
        scores.append(kernel(queries, x) @ (np.maximum(0, 1 - y * (phi @ w)) * y / penalty))
    return np.stack(scores, 1)


def gaussian(a, b):
    return np.exp(-0.3 * ((a[:, None] - b[None]) ** 2).sum(-1))


def cubic(a, b):
    return (0.2 * a @ b.T + 1) ** 3


def tangents(image):
    h, w = image.shape
    padded = np.pad(image, 1)
    dx = (padded[1:-1, 2:] - padded[1:-1, :-2]) / 2
    dy = (padded[2:, 1:-1] - padded[:-2, 1:-1]) / 2
    ys, xs = np.mgrid[:h, :w]
    xs, ys = xs - (w - 1) / 2, ys - (h - 1) / 2
    changes = [dx, dy, xs * dx + ys * dy, ys * dx - xs * dy, xs * dx - ys * dy, ys * dx + xs * dy, dx**2 + dy**2]
    return np.stack([c.ravel() / np.linalg.norm(c) for c in changes])


def tangent_distance(a, b, stiffness):
    steps = np.vstack([tangents(a), -tangents(b)])
    system = np.vstack([steps.T, np.sqrt(stiffness) * np.eye(14)])
    right = np.concatenate([(b - a).ravel(), np.zeros(14)])
    residual = system @ np.linalg.lstsq(system, right, rcond=None)[0] - right
    return residual @ residual


images = rng.uniform(0, 1, (3, 7, 6)).round(3)
others = rng.uniform(0, 1, (3, 2, 7, 6)).round(3)
weights, bias = ridge(x, signs, 0.5)
write(
    "classic/classifiers.json",
    {
        "x": encode(x),
        "labels": encode(labels.astype(np.int32)),
        "queries": encode(queries),
        "neighbours": neighbours(4),
        "ridge": {"penalty": 0.5, "weights": encode(weights), "bias": encode(bias)},
        "pairwise": {"penalty": 0.5, "scores": encode(pairwise(0.5))},
        "polynomial": {"degree": 3, "features": encode(polynomial(queries, 3))},
        "gaussian": {"penalty": 0.1, "scores": encode(hinge(gaussian, 0.1))},
        "cubic": {"penalty": 2.0, "scores": encode(hinge(cubic, 2.0))},
        "tangent": {
            "images": encode(images),
            "others": encode(others),
            "stiffness": 0.1,
            "distances": encode(np.array([[tangent_distance(a, b, 0.1) for b in bs] for a, bs in zip(images, others)])),
        },
    },
)
