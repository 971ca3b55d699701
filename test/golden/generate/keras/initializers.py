"""Standard deviation and range of Keras 3's initializers: the numbers differ, the distributions must not."""

from golden import np, write
from keras import initializers

SHAPES = [(300, 200), (5, 5, 20, 40), (2000,)]
NAMES = {
    "glorotUniform": initializers.GlorotUniform,
    "glorotNormal": initializers.GlorotNormal,
    "heUniform": initializers.HeUniform,
    "heNormal": initializers.HeNormal,
    "lecunUniform": initializers.LecunUniform,
    "lecunNormal": initializers.LecunNormal,
    "randomUniform": initializers.RandomUniform,
    "randomNormal": initializers.RandomNormal,
    "truncatedNormal": initializers.TruncatedNormal,
}


def case(name, make, shape):
    """Figures of many samples together."""
    values = np.concatenate([np.asarray(make(seed=seed)(shape)).reshape(-1) for seed in range(20)])
    return {
        "name": name,
        "shape": list(shape),
        "mean": round(float(values.mean()), 6),
        "stddev": round(float(values.std()), 6),
        "largest": round(float(np.abs(values).max()), 6),
    }


write("initializers", "initializers", [case(n, make, shape) for n, make in NAMES.items() for shape in SHAPES])
