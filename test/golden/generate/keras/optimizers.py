"""Optimizers of Keras 3: variables after some of several steps, and the slots at the end."""

from golden import np, numbers, packed, write
import keras
from keras import optimizers
from keras.src.backend import name_scope

STEPS = 6
SHOWN = [0, 2, 5]
NAMES = ["dense/kernel", "dense/bias", "tall/kernel", "embedding/embeddings", "conv/kernel"]
STARTS = [numbers(1, 2, 3), numbers(2, 3), numbers(3, 4, 2), numbers(4, 2, 2), numbers(5, 2, 2, 3)]
GRADIENTS = [[numbers(10 + 5 * t + i, *start.shape) for i, start in enumerate(STARTS)] for t in range(STEPS)]

# our names of classes, and Keras's classes
KINDS = {
    "sgd": optimizers.SGD,
    "rmsprop": optimizers.RMSprop,
    "adam": optimizers.Adam,
    "adamW": optimizers.AdamW,
    "adamax": optimizers.Adamax,
    "nadam": optimizers.Nadam,
    "adagrad": optimizers.Adagrad,
    "adadelta": optimizers.Adadelta,
    "adafactor": optimizers.Adafactor,
    "lion": optimizers.Lion,
    "ftrl": optimizers.Ftrl,
    "lamb": optimizers.Lamb,
    "muon": optimizers.Muon,
}

OWN = {
    "sgd": [
        {},
        {"learning_rate": 0.1, "momentum": 0.9},
        {"learning_rate": 0.1, "momentum": 0.9, "nesterov": True},
        {"learning_rate": 0.1, "weight_decay": 0.2},
    ],
    "rmsprop": [
        {},
        {"learning_rate": 0.05, "rho": 0.8, "momentum": 0.9},
        {"learning_rate": 0.05, "centered": True, "epsilon": 0.01},
        {"learning_rate": 0.02, "centered": True, "momentum": 0.5, "epsilon": 0.1},
    ],
    "adam": [
        {},
        {"learning_rate": 0.1, "beta_1": 0.8, "beta_2": 0.9},
        {"learning_rate": 0.05, "epsilon": 0.1, "weight_decay": 0.1},
        {"learning_rate": 0.1, "amsgrad": True},
    ],
    "adamW": [
        {},
        {"learning_rate": 0.1, "weight_decay": 0.1},
        {"learning_rate": 0.1, "beta_1": 0.5, "amsgrad": True},
    ],
    "adamax": [
        {},
        {"learning_rate": 0.1, "beta_1": 0.8, "beta_2": 0.9},
        {"learning_rate": 0.1, "epsilon": 0.5, "weight_decay": 0.1},
    ],
    "nadam": [
        {},
        {"learning_rate": 0.1, "beta_1": 0.8, "beta_2": 0.9},
        {"learning_rate": 0.1, "epsilon": 0.5, "weight_decay": 0.1},
    ],
    "adagrad": [
        {},
        {"learning_rate": 0.5, "initial_accumulator_value": 1.0},
        {"learning_rate": 0.5, "epsilon": 0.5, "weight_decay": 0.1},
    ],
    "adadelta": [
        {},
        {"learning_rate": 1.0, "rho": 0.8},
        {"learning_rate": 1.0, "epsilon": 0.01, "weight_decay": 0.1},
    ],
    "adafactor": [
        {},
        {"learning_rate": 0.7, "clip_threshold": 0.5, "relative_step": False},
        {"learning_rate": 0.1, "beta_2_decay": -0.5, "epsilon_1": 0.1, "epsilon_2": 2.0, "weight_decay": 0.1},
    ],
    "lion": [
        {},
        {"learning_rate": 0.1, "beta_1": 0.5, "beta_2": 0.7},
        {"learning_rate": 0.05, "weight_decay": 0.5},
    ],
    "ftrl": [
        {},
        {"learning_rate": 0.1, "learning_rate_power": -0.7, "initial_accumulator_value": 0.5, "beta": 0.3},
        {"learning_rate": 0.1, "l1_regularization_strength": 1.5, "l2_regularization_strength": 0.2},
        {"learning_rate": 0.1, "l2_shrinkage_regularization_strength": 0.1, "weight_decay": 0.1},
    ],
    "lamb": [
        {},
        {"learning_rate": 0.1, "beta_1": 0.8, "beta_2": 0.9},
        {"learning_rate": 0.1, "epsilon": 0.5, "weight_decay": 0.1},
    ],
    "muon": [
        {},
        {"learning_rate": 0.1, "exclude_layers": ["tall"], "nesterov": False, "rms_rate": None},
        {"learning_rate": 0.1, "exclude_embeddings": False, "ns_steps": 3, "momentum": 0.8, "adam_lr_ratio": 0.5},
        {"learning_rate": 0.1, "weight_decay": None, "adam_weight_decay": 0.2, "muon_a": 2.0, "muon_b": -1.5, "muon_c": 0.5},
    ],
}

# what is common to all, with several of them
COMMON = [
    ("sgd", {"learning_rate": 0.1, "clipnorm": 1.5}),
    ("sgd", {"learning_rate": 0.1, "clipvalue": 0.5}),
    ("sgd", {"learning_rate": 0.1, "global_clipnorm": 2.0}),
    ("sgd", {"learning_rate": 0.1, "global_clipnorm": 100.0}),
    ("adam", {"learning_rate": 0.1, "use_ema": True}),
    ("sgd", {"learning_rate": 0.1, "use_ema": True, "ema_momentum": 0.5, "ema_overwrite_frequency": 2}),
    ("adam", {"learning_rate": 0.1, "gradient_accumulation_steps": 2, "clipnorm": 1.0}),
    ("nadam", {"learning_rate": 0.1, "gradient_accumulation_steps": 3, "weight_decay": 0.1}),
    ("sgd", {"learning_rate": 0.1, "momentum": 0.9, "gradient_accumulation_steps": 2, "use_ema": True, "ema_momentum": 0.8, "ema_overwrite_frequency": 2}),
    ("adamW", {"learning_rate": 0.1, "weight_decay": 0.5, "exclude_from_weight_decay": ["bias", "embeddings"]}),
    ("muon", {"learning_rate": 0.1, "exclude_from_weight_decay": ["kernel"], "gradient_accumulation_steps": 2}),
]


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def variable(name, start):
    scope, own = name.split("/")
    with name_scope(scope):
        return keras.Variable(start, name=own)


def case(kind, options):
    theirs = dict(options)
    excluded = theirs.pop("exclude_from_weight_decay", None)
    optimizer = KINDS[kind](**theirs)
    if excluded:
        optimizer.exclude_from_weight_decay(var_names=excluded)
    variables = [variable(name, start) for name, start in zip(NAMES, STARTS)]
    variables[0].constraint = keras.constraints.NonNeg() if "use_ema" in options else None
    optimizer.build(variables)
    states = []
    for t, gradients in enumerate(GRADIENTS):
        optimizer.apply([keras.ops.convert_to_tensor(g) for g in gradients], variables)
        if t in SHOWN:
            states.append([packed(v.value) for v in variables])
    slots = [packed(v.value) for v in optimizer.variables[2:]]
    return {
        "kind": kind,
        "options": {camel(name): value for name, value in options.items()},
        "states": states,
        "slots": slots,
    }


write(
    "optimizers",
    "inputs",
    {
        "names": NAMES,
        "shown": SHOWN,
        "starts": [packed(s) for s in STARTS],
        "gradients": [[packed(g) for g in gradients] for gradients in GRADIENTS],
    },
)
for kind, configurations in OWN.items():
    write("optimizers", kind.lower(), [case(kind, options) for options in configurations])
write("optimizers", "common", [case(kind, options) for kind, options in COMMON])
