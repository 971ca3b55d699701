/** onnxruntime-node as a peer: inference only. */

import { filler, load, serve, threads, timed, versionOf } from './lines.mjs';
import { lenet5, resnet20 } from './onnx-networks.mjs';

const { default: ort } = await load('onnxruntime-node');

/** Probabilities of a batch of images with these extents, by the network that `build` makes. */
function inference(build, image) {
  return async ({ batch }) => {
    const options = { intraOpNumThreads: threads, interOpNumThreads: 1 };
    const session = await ort.InferenceSession.create(build(batch), options);
    const shape = [batch, ...image];
    const x = new ort.Tensor('float32', filler(shape.reduce((a, b) => a * b)), shape);
    return timed(() => session.run({ x }));
  };
}

const cases = {
  'lenet-infer': inference(lenet5, [1, 28, 28]),
  'resnet20-infer': inference(resnet20, [3, 32, 32]),
};

await serve({ 'onnxruntime-node': versionOf('onnxruntime-node') }, cases);
