import { type Measurement, perSecond, type Suite } from '../suite.ts';

/** Trained networks at work, beside the runtime made for that. LeNet's own suite has the work itself. */
export const inference: Suite = {
  name: 'inference',
  summary: 'LeNet-5 beside onnxruntime-node: batches of 128, and one image at a time',
  measurements: [128, 1].map(
    (batch): Measurement => ({
      name: `lenet infer, batch ${batch}`,
      case: 'lenet-infer',
      parameters: { batch },
      threads: [2],
      unit: perSecond('images', batch),
      peers: [{ program: 'onnxruntime', bar: 1 }, { program: 'pytorch' }],
    }),
  ),
  cases: {},
};
