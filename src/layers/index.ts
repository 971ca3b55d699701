export { elu } from './activations/elu.ts';
export { prelu } from './activations/prelu.ts';
export { leakyRelu, relu } from './activations/relu.ts';
export { softmax } from './activations/softmax.ts';
export { additiveAttention } from './attention/additive-attention.ts';
export { attention } from './attention/attention.ts';
export { groupedQueryAttention } from './attention/grouped-query-attention.ts';
export { multiHeadAttention } from './attention/multi-head-attention.ts';
export { conv1d, conv2d, conv3d } from './conv/conv.ts';
export { conv1dTranspose, conv2dTranspose, conv3dTranspose } from './conv/conv-transpose.ts';
export { depthwiseConv1d, depthwiseConv2d } from './conv/depthwise-conv.ts';
export { separableConv1d, separableConv2d } from './conv/separable-conv.ts';
export { activation } from './core/activation.ts';
export { dense } from './core/dense.ts';
export { dropout } from './core/dropout.ts';
export { einsumDense } from './core/einsum-dense.ts';
export { embedding } from './core/embedding.ts';
export { flatten } from './core/flatten.ts';
export { input } from './core/input.ts';
export { masking } from './core/masking.ts';
export { reshape } from './core/reshape.ts';
export { concatenate } from './merging/concatenate.ts';
export { dot } from './merging/dot.ts';
export { add, average, maximum, minimum, multiply, subtract } from './merging/elementwise.ts';
export { batchNormalization } from './normalization/batch-normalization.ts';
export { groupNormalization } from './normalization/group-normalization.ts';
export { layerNormalization, rmsNormalization } from './normalization/layer-normalization.ts';
export { localResponseNormalization } from './normalization/local-response-normalization.ts';
export { spectralNormalization } from './normalization/spectral-normalization.ts';
export { unitNormalization } from './normalization/unit-normalization.ts';
export {
  adaptiveAveragePooling1d,
  adaptiveAveragePooling2d,
  adaptiveAveragePooling3d,
  adaptiveMaxPooling1d,
  adaptiveMaxPooling2d,
  adaptiveMaxPooling3d,
} from './pooling/adaptive-pooling.ts';
export {
  globalAveragePooling1d,
  globalAveragePooling2d,
  globalAveragePooling3d,
  globalMaxPooling1d,
  globalMaxPooling2d,
  globalMaxPooling3d,
} from './pooling/global-pooling.ts';
export {
  averagePooling1d,
  averagePooling2d,
  averagePooling3d,
  maxPooling1d,
  maxPooling2d,
  maxPooling3d,
} from './pooling/pooling.ts';
export { categoryEncoding } from './preprocessing/category-encoding.ts';
export { centerCrop } from './preprocessing/center-crop.ts';
export { discretization } from './preprocessing/discretization.ts';
export { hashedCrossing } from './preprocessing/hashed-crossing.ts';
export { hashing } from './preprocessing/hashing.ts';
export { integerLookup } from './preprocessing/integer-lookup.ts';
export { melSpectrogram } from './preprocessing/mel-spectrogram.ts';
export { normalization } from './preprocessing/normalization.ts';
export { randomBrightness } from './preprocessing/random-brightness.ts';
export { randomContrast } from './preprocessing/random-contrast.ts';
export { randomCrop } from './preprocessing/random-crop.ts';
export { randomErasing } from './preprocessing/random-erasing.ts';
export { randomFlip } from './preprocessing/random-flip.ts';
export { randomGrayscale } from './preprocessing/random-grayscale.ts';
export { randomRotation } from './preprocessing/random-rotation.ts';
export { randomShear } from './preprocessing/random-shear.ts';
export { randomTranslation } from './preprocessing/random-translation.ts';
export { randomZoom } from './preprocessing/random-zoom.ts';
export { rescaling } from './preprocessing/rescaling.ts';
export { resizing } from './preprocessing/resizing.ts';
export { stftSpectrogram } from './preprocessing/stft-spectrogram.ts';
export { stringLookup } from './preprocessing/string-lookup.ts';
export { textVectorization } from './preprocessing/text-vectorization.ts';
export { bidirectional } from './recurrent/bidirectional.ts';
export { gru } from './recurrent/gru.ts';
export { gruCell } from './recurrent/gru-cell.ts';
export { lstm } from './recurrent/lstm.ts';
export { lstmCell } from './recurrent/lstm-cell.ts';
export { rnn } from './recurrent/rnn.ts';
export { simpleRNN } from './recurrent/simple-rnn.ts';
export { simpleRNNCell } from './recurrent/simple-rnn-cell.ts';
export { stackedRNNCells } from './recurrent/stacked-rnn-cells.ts';
export { timeDistributed } from './recurrent/time-distributed.ts';
export { activityRegularization } from './regularization/activity-regularization.ts';
export { alphaDropout } from './regularization/alpha-dropout.ts';
export { gaussianDropout, gaussianNoise } from './regularization/gaussian.ts';
export {
  spatialDropout1d,
  spatialDropout2d,
  spatialDropout3d,
} from './regularization/spatial-dropout.ts';
export {
  cropping1d,
  cropping2d,
  cropping3d,
  zeroPadding1d,
  zeroPadding2d,
  zeroPadding3d,
} from './reshaping/borders.ts';
export { permute } from './reshaping/permute.ts';
export { repeatVector } from './reshaping/repeat-vector.ts';
export { upSampling1d, upSampling2d, upSampling3d } from './reshaping/up-sampling.ts';
