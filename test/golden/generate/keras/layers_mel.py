"""The mel spectrogram of Keras 3: fixtures/layers/sound.json.

Keras lays the bands out in float32, whose rounding is larger than what is compared here: this is all in float64.
"""

import functools

import jax

jax.config.update("jax_enable_x64", True)

from golden import numbers, write
from keras import layers
from layer_case import both

kind = layers.MelSpectrogram
kind.linear_to_mel_weight_matrix = functools.partialmethod(kind.linear_to_mel_weight_matrix, dtype="float64")
SOUND = numbers(3, 2, 50).astype("float64")

BANDS = dict(fftLength=16, sequenceStride=8, samplingRate=1000)
sound = [
    both("melSpectrogram", layers.MelSpectrogram, SOUND, dtype="float64", numMelBins=4, **BANDS),
    both("melSpectrogram", layers.MelSpectrogram, SOUND, dtype="float64", numMelBins=3, powerToDb=False, sequenceLength=12, **BANDS),
    both("melSpectrogram", layers.MelSpectrogram, SOUND, dtype="float64", numMelBins=3, powerToDb=False, magExp=1.0, window="hamming", maxFreq=400.0, minFreq=50.0, **BANDS),
    both("melSpectrogram", layers.MelSpectrogram, SOUND, dtype="float64", numMelBins=5, topDb=9.0, refPower=0.1, minPower=0.5, **BANDS),
]

write("layers", "sound", sound)
