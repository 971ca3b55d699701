"""Optimizers and schedules of Keras 3: variables after each of several steps."""

from golden import np, numbers, packed, write
import keras
from keras import optimizers
from keras.optimizers import schedules

STEPS = 5
STARTS = [numbers(1, 2, 3), numbers(2, 3)]
GRADIENTS = [[numbers(10 + 2 * t, 2, 3), numbers(11 + 2 * t, 3)] for t in range(STEPS)]


def case(kind, options, optimizer):
    variables = [keras.Variable(start) for start in STARTS]
    optimizer.build(variables)
    states = []
    for gradients in GRADIENTS:
        optimizer.apply([keras.ops.convert_to_tensor(g) for g in gradients], variables)
        states.append([packed(v.value) for v in variables])
    slots = [packed(v.value) for v in optimizer.variables[2:]]
    return {"kind": kind, "options": options, "states": states, "slots": slots}


def every(kind, make, variants):
    """`variants`: our options and Keras's."""
    return [case(kind, ours, make(**theirs)) for ours, theirs in variants]


cases = every(
    "sgd",
    optimizers.SGD,
    [
        ({}, {}),
        ({"learningRate": 0.1, "momentum": 0.9}, {"learning_rate": 0.1, "momentum": 0.9}),
        (
            {"learningRate": 0.1, "momentum": 0.9, "nesterov": True},
            {"learning_rate": 0.1, "momentum": 0.9, "nesterov": True},
        ),
        ({"learningRate": 0.1, "weightDecay": 0.2}, {"learning_rate": 0.1, "weight_decay": 0.2}),
        ({"learningRate": 0.1, "clipnorm": 1.5}, {"learning_rate": 0.1, "clipnorm": 1.5}),
        ({"learningRate": 0.1, "clipvalue": 0.5}, {"learning_rate": 0.1, "clipvalue": 0.5}),
        ({"learningRate": 0.1, "globalClipnorm": 2}, {"learning_rate": 0.1, "global_clipnorm": 2.0}),
        ({"learningRate": 0.1, "globalClipnorm": 100}, {"learning_rate": 0.1, "global_clipnorm": 100.0}),
    ],
) + every(
    "adam",
    optimizers.Adam,
    [
        ({}, {}),
        ({"learningRate": 0.1, "beta1": 0.8, "beta2": 0.9}, {"learning_rate": 0.1, "beta_1": 0.8, "beta_2": 0.9}),
        (
            {"learningRate": 0.05, "epsilon": 0.1, "weightDecay": 0.1},
            {"learning_rate": 0.05, "epsilon": 0.1, "weight_decay": 0.1},
        ),
        ({"learningRate": 0.1, "amsgrad": True}, {"learning_rate": 0.1, "amsgrad": True}),
    ],
)

write(
    "optimizers",
    "optimizers",
    {
        "starts": [packed(s) for s in STARTS],
        "gradients": [[packed(g) for g in gradients] for gradients in GRADIENTS],
        "cases": cases,
    },
)

STEPS_OF_SCHEDULES = [0, 1, 5, 10, 11, 19, 20, 35, 50, 120]


def schedule(kind, options, rule):
    return {"kind": kind, "options": options, "rates": [float(rule(step)) for step in STEPS_OF_SCHEDULES]}


write(
    "optimizers",
    "schedules",
    {
        "steps": STEPS_OF_SCHEDULES,
        "cases": [
            schedule(
                "exponentialDecay",
                {"initialLearningRate": 0.1, "decaySteps": 10, "decayRate": 0.9},
                schedules.ExponentialDecay(0.1, 10, 0.9),
            ),
            schedule(
                "exponentialDecay",
                {"initialLearningRate": 0.1, "decaySteps": 10, "decayRate": 0.5, "staircase": True},
                schedules.ExponentialDecay(0.1, 10, 0.5, staircase=True),
            ),
            schedule(
                "exponentialDecay",
                {"initialLearningRate": 2, "decaySteps": 7, "decayRate": 1.01},
                schedules.ExponentialDecay(2.0, 7, 1.01),
            ),
            schedule("cosineDecay", {"initialLearningRate": 0.1, "decaySteps": 50}, schedules.CosineDecay(0.1, 50)),
            schedule(
                "cosineDecay",
                {"initialLearningRate": 0.1, "decaySteps": 40, "alpha": 0.1},
                schedules.CosineDecay(0.1, 40, alpha=0.1),
            ),
            schedule(
                "cosineDecay",
                {"initialLearningRate": 0, "decaySteps": 40, "warmupTarget": 0.2, "warmupSteps": 10},
                schedules.CosineDecay(0.0, 40, warmup_target=0.2, warmup_steps=10),
            ),
            schedule(
                "piecewiseConstant",
                {"boundaries": [10, 20], "values": [1, 0.5, 0.1]},
                schedules.PiecewiseConstantDecay([10, 20], [1.0, 0.5, 0.1]),
            ),
            schedule(
                "piecewiseConstant",
                {"boundaries": [0, 35], "values": [3, 2, 1]},
                schedules.PiecewiseConstantDecay([0, 35], [3.0, 2.0, 1.0]),
            ),
            schedule(
                "piecewiseConstant",
                {"boundaries": [119], "values": [1, 0.5]},
                schedules.PiecewiseConstantDecay([119], [1.0, 0.5]),
            ),
        ],
    },
)
