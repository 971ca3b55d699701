"""What layers of Keras 3 add to the loss because of their results: writes fixtures/layers/activity.json."""

from golden import packed, write
from keras import layers, regularizers
from layer_case import IMAGES, SEQUENCES, VECTORS


def case(kind, options, layer, x):
    layer(x)
    return {"kind": kind, "options": options, "x": packed(x), "loss": float(sum(layer.losses))}


REGULARIZATION = layers.ActivityRegularization
write(
    "layers",
    "activity",
    [
        case("activityRegularization", {"l1": 0.1}, REGULARIZATION(l1=0.1), VECTORS),
        case("activityRegularization", {"l2": 0.5}, REGULARIZATION(l2=0.5), SEQUENCES),
        case("activityRegularization", {"l1": 0.2, "l2": 0.3}, REGULARIZATION(l1=0.2, l2=0.3), IMAGES),
        case("flatten", {"activityRegularizer": "l2"}, layers.Flatten(activity_regularizer="l2"), VECTORS),
    ],
)
