"""What JAX draws from Threefry keys: writes test/golden/fixtures/random/threefry.json."""

import jax
import jax.numpy as jnp
import numpy as np
from fixtures import encode, write

jax.config.update("jax_threefry_partitionable", True)


def words(key):
    return encode(np.asarray(jax.random.key_data(key)).view(np.int32))


def bits(key, shape):
    return encode(np.asarray(jax.random.bits(key, shape, jnp.uint32)).view(np.int32))


def case(seed):
    key = jax.random.key(seed)
    logits = jnp.log(jnp.array([[0.1, 0.2, 0.7], [0.5, 0.25, 0.25]] * 4))
    return {
        "seed": seed,
        "key": words(key),
        "split": [words(k) for k in jax.random.split(key, 3)],
        "foldIn": [{"data": n, "key": words(jax.random.fold_in(key, n))} for n in (0, 1, 7, 123456, 2**31, 2**32 - 1)],
        "bits": bits(key, (3, 5)),
        "uniform": encode(jax.random.uniform(key, (4, 3))),
        "uniformRange": encode(jax.random.uniform(key, (7,), minval=-2.5, maxval=4)),
        "normal": encode(jax.random.normal(key, (20,))),
        "truncatedNormal": encode(jax.random.truncated_normal(key, -2, 2, (20,))),
        "bernoulli": encode(jax.random.bernoulli(key, 0.3, (20,))),
        "logits": encode(logits),
        "categorical": encode(jax.random.categorical(key, logits)),
    }


doubles = []
with jax.enable_x64(True):
    for seed in (0, 2**40 + 3):
        key = jax.random.key(seed)
        doubles.append(
            {
                "seed": seed,
                "key": words(key),
                "uniform": encode(jax.random.uniform(key, (5,), jnp.float64)),
                "normal": encode(jax.random.normal(key, (20,), jnp.float64)),
            }
        )

write("random/threefry.json", {"cases": [case(seed) for seed in (0, 1, 42, 2**31 - 1)], "doubles": doubles})
