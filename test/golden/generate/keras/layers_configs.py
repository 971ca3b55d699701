"""Layers of preprocessing as Keras 3 serializes them: fixtures/layers/preprocessing-configs.json."""

from golden import write
import keras
from keras import layers

made = [
    layers.Normalization(mean=[1.0, 2.0], variance=[0.5, 1.0]),
    layers.Normalization(axis=None, invert=True),
    layers.Rescaling(0.5, offset=1),
    layers.CenterCrop(2, 3, data_format="channels_first"),
    layers.Resizing(2, 3, crop_to_aspect_ratio=True, interpolation="nearest"),
    layers.RandomCrop(2, 3, seed=4),
    layers.RandomFlip("horizontal"),
    layers.RandomRotation(0.2),
    layers.RandomTranslation(0.1, (0.1, 0.2), fill_mode="wrap"),
    layers.RandomZoom(0.1, fill_value=2.0),
    layers.RandomContrast(0.3),
    layers.RandomBrightness((-0.2, 0.3), value_range=(0, 1)),
    layers.RandomShear(0.2),
    layers.RandomGrayscale(0.25),
    layers.RandomErasing(0.5, scale=(0.1, 0.2)),
    layers.CategoryEncoding(3, output_mode="one_hot"),
    layers.Discretization([1.0, 2.0], output_mode="multi_hot"),
    layers.Hashing(3),
    layers.Hashing(3, output_mode="count", salt=3),
    layers.HashedCrossing(3, output_mode="one_hot"),
    layers.IntegerLookup(vocabulary=[1, 2], mask_token=0),
    layers.StringLookup(vocabulary=["[UNK]", "a"], output_mode="tf_idf", idf_weights=[5.0, 2.0]),
    layers.TextVectorization(vocabulary=["a"], standardize="strip_punctuation", output_mode="multi_hot"),
    layers.MelSpectrogram(num_mel_bins=20),
    layers.STFTSpectrogram(mode="psd", frame_length=8),
]
write("layers", "preprocessing-configs", [keras.saving.serialize_keras_object(layer) for layer in made])
