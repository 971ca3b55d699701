"""Layers of Keras 3 that transform signals: fixtures/layers/spectrograms.json."""

from golden import numbers, write
from keras import layers
from layer_case import both

SIGNAL = numbers(1, 1, 20, 2)
LINE = numbers(2, 2, 17, 1)

SMALL = dict(frameLength=6, fftLength=8)
spectrograms = [
    both("stftSpectrogram", layers.STFTSpectrogram, SIGNAL, **SMALL),
    both("stftSpectrogram", layers.STFTSpectrogram, SIGNAL, mode="magnitude", frameStep=2, **SMALL),
    both("stftSpectrogram", layers.STFTSpectrogram, SIGNAL, mode="psd", padding="same", expandDims=True, **SMALL),
    both("stftSpectrogram", layers.STFTSpectrogram, LINE, mode="real", frameLength=5),
    both("stftSpectrogram", layers.STFTSpectrogram, LINE, mode="imag", frameLength=4, frameStep=4, expandDims=True),
    both("stftSpectrogram", layers.STFTSpectrogram, SIGNAL, mode="angle", dataFormat="channelsFirst", frameLength=2),
    both("stftSpectrogram", layers.STFTSpectrogram, SIGNAL[:, :2].transpose(0, 2, 1).repeat(6, axis=1).transpose(0, 2, 1), mode="stft", dataFormat="channelsFirst", expandDims=True, **SMALL),
]

write("layers", "spectrograms", spectrograms)
