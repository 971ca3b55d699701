"""Convolutions of Keras 3: writes fixtures/layers/conv*.json and separable-conv.json."""

from golden import write
from keras import layers
from layer_case import IMAGES, STEPS, VOLUMES, WIDE, both

conv = [
    both("conv2d", layers.Conv2D, IMAGES, filters=3, kernelSize=3),
    both("conv2d", layers.Conv2D, IMAGES, filters=2, kernelSize=[3, 2], strides=2, padding="same", activation="relu"),
    both("conv2d", layers.Conv2D, IMAGES, filters=2, kernelSize=2, strides=[2, 1], useBias=False),
    both("conv2d", layers.Conv2D, WIDE, filters=2, kernelSize=3, dilationRate=2, padding="same"),
    both("conv2d", layers.Conv2D, WIDE, filters=4, kernelSize=2, groups=2),
    both("conv2d", layers.Conv2D, WIDE, filters=3, kernelSize=2, dataFormat="channelsFirst", activation="softmax"),
    both("conv1d", layers.Conv1D, STEPS, filters=2, kernelSize=3),
    both("conv1d", layers.Conv1D, STEPS, filters=3, kernelSize=2, dilationRate=2, padding="causal", activation="tanh"),
    both("conv1d", layers.Conv1D, STEPS, filters=3, kernelSize=3, strides=2, padding="same", groups=3, useBias=False),
    both("conv3d", layers.Conv3D, VOLUMES, filters=2, kernelSize=2),
    both("conv3d", layers.Conv3D, VOLUMES, filters=3, kernelSize=[2, 3, 1], strides=[1, 2, 2], padding="same"),
    both("conv3d", layers.Conv3D, VOLUMES, filters=2, kernelSize=2, groups=2, activation="relu", useBias=False),
]

T1, T2, T3 = layers.Conv1DTranspose, layers.Conv2DTranspose, layers.Conv3DTranspose
transposed = [
    both("conv1dTranspose", T1, STEPS, filters=2, kernelSize=3),
    both("conv1dTranspose", T1, STEPS, filters=2, kernelSize=3, strides=2, padding="same", activation="relu"),
    both("conv1dTranspose", T1, STEPS, filters=1, kernelSize=3, strides=3, outputPadding=1, useBias=False),
    both("conv2dTranspose", T2, IMAGES[:, :4], filters=3, kernelSize=3),
    both("conv2dTranspose", T2, IMAGES[:, :4], filters=2, kernelSize=[2, 4], strides=2, padding="same", activation="tanh"),
    both("conv2dTranspose", T2, IMAGES[:, :4], filters=2, kernelSize=2, strides=[2, 1], useBias=False),
    both("conv2dTranspose", T2, IMAGES[:, :4], filters=1, kernelSize=3, strides=2, padding="same", outputPadding=0),
    both("conv2dTranspose", T2, IMAGES[:, :4], filters=1, kernelSize=3, dilationRate=2),
    both("conv3dTranspose", T3, VOLUMES[:, :2, :3, :2], filters=2, kernelSize=2),
    both("conv3dTranspose", T3, VOLUMES[:, :2, :2, :2], filters=1, kernelSize=2, strides=2, padding="same"),
    both("conv3dTranspose", T3, VOLUMES[:, :2, :2, :2], filters=1, kernelSize=[1, 2, 3], strides=[2, 1, 1]),
]

D1, D2 = layers.DepthwiseConv1D, layers.DepthwiseConv2D
S1, S2 = layers.SeparableConv1D, layers.SeparableConv2D
separable = [
    both("depthwiseConv1d", D1, STEPS, kernelSize=3),
    both("depthwiseConv1d", D1, STEPS, kernelSize=2, depthMultiplier=2, strides=2, padding="same", activation="relu"),
    both("depthwiseConv1d", D1, STEPS, kernelSize=2, dilationRate=2, useBias=False),
    both("depthwiseConv2d", D2, IMAGES, kernelSize=3),
    both("depthwiseConv2d", D2, IMAGES, kernelSize=[2, 3], depthMultiplier=3, padding="same", activation="tanh"),
    both("depthwiseConv2d", D2, WIDE, kernelSize=3, strides=2, useBias=False),
    both("separableConv1d", S1, STEPS, filters=2, kernelSize=3),
    both("separableConv1d", S1, STEPS, filters=2, kernelSize=2, depthMultiplier=2, padding="same", activation="relu"),
    both("separableConv1d", S1, STEPS, filters=3, kernelSize=3, strides=2, useBias=False),
    both("separableConv2d", S2, IMAGES, filters=3, kernelSize=3),
    both("separableConv2d", S2, IMAGES, filters=2, kernelSize=[3, 2], depthMultiplier=2, padding="same", strides=2),
    both("separableConv2d", S2, WIDE, filters=2, kernelSize=2, dilationRate=2, useBias=False, activation="relu"),
]

for kind in ("conv1d", "conv2d", "conv3d"):
    write("layers", kind, [golden for golden in conv if golden["kind"] == kind])
write("layers", "conv-transpose", transposed)
write("layers", "separable-conv", separable)
