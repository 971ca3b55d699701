"""Local response normalization by its paper's formula, and its slope: writes fixtures/layers/local-response.json."""

import numpy as np
from fixtures import encode, write


def sums(x, n):
    """For every channel the sum over its neighbourhood of x."""
    channels = x.shape[-1]
    spans = [(max(0, i - n // 2), min(channels, i + (n - 1) // 2 + 1)) for i in range(channels)]
    return np.stack([x[..., first:last].sum(-1) for first, last in spans], -1)


def case(options, *shape):
    n, k, alpha, beta = ({"n": 5, "k": 2, "alpha": 1e-4, "beta": 0.75} | options).values()
    rng = np.random.default_rng(1)
    x, cotangent = (np.round(rng.uniform(-2, 2, shape), 3) for _ in range(2))
    base = k + alpha * sums(x**2, n)
    # x_j stands in the sum of i where i stands in the mirrored neighbourhood of j
    mirrored = sums((cotangent * x * base ** (-beta - 1))[..., ::-1], n)[..., ::-1]
    slope = cotangent * base**-beta - 2 * alpha * beta * x * mirrored
    return {
        "kind": "localResponseNormalization",
        "options": options,
        "x": encode(x.astype(np.float32)),
        "names": [],
        "weights": [],
        "y": encode((x * base**-beta).astype(np.float32)),
        "cotangent": encode(cotangent.astype(np.float32)),
        "slopeOfX": encode(slope.astype(np.float32)),
        "slopesOfWeights": [],
    }


write(
    "layers/local-response.json",
    [
        case({}, 2, 2, 3, 7),
        case({"n": 3, "k": 1, "alpha": 0.5, "beta": 0.5}, 2, 6),
        case({"n": 4, "k": 0.5, "alpha": 1, "beta": 0.9}, 1, 3, 2, 5),
    ],
)
