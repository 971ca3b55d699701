"""Learning-rate schedules of Keras 3: rates at some steps."""

from golden import write
from keras.optimizers import schedules

STEPS = [0, 1, 5, 10, 11, 19, 20, 35, 50, 120]

# our name, Keras's class, and configurations
CASES = [
    (
        "exponentialDecay",
        schedules.ExponentialDecay,
        [
            {"initial_learning_rate": 0.1, "decay_steps": 10, "decay_rate": 0.9},
            {"initial_learning_rate": 0.1, "decay_steps": 10, "decay_rate": 0.5, "staircase": True},
            {"initial_learning_rate": 2.0, "decay_steps": 7, "decay_rate": 1.01},
        ],
    ),
    (
        "inverseTimeDecay",
        schedules.InverseTimeDecay,
        [
            {"initial_learning_rate": 0.1, "decay_steps": 10, "decay_rate": 0.9},
            {"initial_learning_rate": 0.1, "decay_steps": 10, "decay_rate": 0.5, "staircase": True},
            {"initial_learning_rate": 2.0, "decay_steps": 7, "decay_rate": 3.0},
        ],
    ),
    (
        "polynomialDecay",
        schedules.PolynomialDecay,
        [
            {"initial_learning_rate": 0.1, "decay_steps": 50},
            {"initial_learning_rate": 0.1, "decay_steps": 40, "end_learning_rate": 0.02, "power": 0.5},
            {"initial_learning_rate": 0.1, "decay_steps": 15, "power": 2.0, "cycle": True},
        ],
    ),
    (
        "cosineDecay",
        schedules.CosineDecay,
        [
            {"initial_learning_rate": 0.1, "decay_steps": 50},
            {"initial_learning_rate": 0.1, "decay_steps": 40, "alpha": 0.1},
            {"initial_learning_rate": 0.0, "decay_steps": 40, "warmup_target": 0.2, "warmup_steps": 10},
        ],
    ),
    (
        "cosineDecayRestarts",
        schedules.CosineDecayRestarts,
        [
            {"initial_learning_rate": 0.1, "first_decay_steps": 7},
            {"initial_learning_rate": 0.1, "first_decay_steps": 9, "t_mul": 1.0, "m_mul": 0.5},
            {"initial_learning_rate": 0.1, "first_decay_steps": 8, "t_mul": 1.5, "m_mul": 0.9, "alpha": 0.1},
        ],
    ),
    (
        "piecewiseConstantDecay",
        schedules.PiecewiseConstantDecay,
        [
            {"boundaries": [10, 20], "values": [1.0, 0.5, 0.1]},
            {"boundaries": [0, 35], "values": [3.0, 2.0, 1.0]},
            {"boundaries": [119], "values": [1.0, 0.5]},
        ],
    ),
]


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def case(kind, schedule, options):
    rule = schedule(**options)
    return {
        "kind": kind,
        "options": {camel(name): value for name, value in options.items()},
        "rates": [float(rule(step)) for step in STEPS],
    }


write(
    "optimizers",
    "schedules",
    {"steps": STEPS, "cases": [case(kind, rule, options) for kind, rule, each in CASES for options in each]},
)
