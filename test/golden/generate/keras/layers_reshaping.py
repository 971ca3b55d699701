"""Layers of Keras 3 that pad, crop, enlarge, and move axes: writes fixtures/layers/borders.json and reshaping.json."""

from golden import write
from keras import layers
from layer_case import IMAGES, SEQUENCES, STEPS, VECTORS, VOLUMES, both

STRIP, VOLUME = STEPS[:, :5], VOLUMES[:, :, :4, :3]

borders = [
    both("zeroPadding1d", layers.ZeroPadding1D, STRIP),
    both("zeroPadding1d", layers.ZeroPadding1D, STRIP, padding=[2, 0]),
    both("zeroPadding1d", layers.ZeroPadding1D, STRIP, padding=[0, 1], dataFormat="channelsFirst"),
    both("zeroPadding2d", layers.ZeroPadding2D, IMAGES),
    both("zeroPadding2d", layers.ZeroPadding2D, IMAGES, padding=[1, 0]),
    both("zeroPadding2d", layers.ZeroPadding2D, IMAGES, padding=[[1, 2], [0, 1]]),
    both("zeroPadding2d", layers.ZeroPadding2D, IMAGES, padding=1, dataFormat="channelsFirst"),
    both("zeroPadding3d", layers.ZeroPadding3D, VOLUME[:, :2]),
    both("zeroPadding3d", layers.ZeroPadding3D, VOLUME, padding=[1, 0, 1]),
    both("zeroPadding3d", layers.ZeroPadding3D, VOLUME, padding=[[0, 1], [1, 0], [0, 0]]),
    both("cropping1d", layers.Cropping1D, STRIP),
    both("cropping1d", layers.Cropping1D, STRIP, cropping=[0, 2]),
    both("cropping1d", layers.Cropping1D, STRIP, cropping=2),
    both("cropping2d", layers.Cropping2D, IMAGES),
    both("cropping2d", layers.Cropping2D, IMAGES, cropping=[2, 1]),
    both("cropping2d", layers.Cropping2D, IMAGES, cropping=[[1, 0], [0, 3]]),
    both("cropping3d", layers.Cropping3D, VOLUME),
    both("cropping3d", layers.Cropping3D, VOLUME, cropping=[1, 0, 1]),
    both("cropping3d", layers.Cropping3D, VOLUME, cropping=[[0, 1], [1, 1], [2, 0]]),
]

SMALL = IMAGES[:, :3, :3]
reshaping = [
    both("upSampling1d", layers.UpSampling1D, STRIP),
    both("upSampling1d", layers.UpSampling1D, STRIP, size=3),
    both("upSampling1d", layers.UpSampling1D, STRIP, size=1),
    both("upSampling2d", layers.UpSampling2D, SMALL),
    both("upSampling2d", layers.UpSampling2D, SMALL, size=[1, 3], interpolation="bilinear"),
    both("upSampling2d", layers.UpSampling2D, SMALL, size=2, interpolation="bicubic", dataFormat="channelsFirst"),
    both("upSampling3d", layers.UpSampling3D, VOLUME[:, :2, :2]),
    both("upSampling3d", layers.UpSampling3D, VOLUME[:, :2], size=[1, 2, 3]),
    both("upSampling3d", layers.UpSampling3D, VOLUME[:, :2], size=[2, 1, 1], dataFormat="channelsFirst"),
    both("permute", layers.Permute, SEQUENCES, dims=[2, 1]),
    both("permute", layers.Permute, SMALL, dims=[3, 1, 2]),
    both("permute", layers.Permute, SMALL, dims=[1, 2, 3]),
    both("repeatVector", layers.RepeatVector, VECTORS, n=3),
    both("repeatVector", layers.RepeatVector, VECTORS, n=1),
    both("repeatVector", layers.RepeatVector, VECTORS[:1], n=2),
]

write("layers", "borders", borders)
write("layers", "reshaping", reshaping)
