import { type Measurement, perSecond, type Suite } from '../suite.ts';

/** Networks, and how many times as fast as the runtime they must be. */
const NETWORKS = [
  { name: 'lenet', bar: 1 },
  { name: 'resnet20', bar: 0.5 },
] as const;

/** Trained networks at work, beside the runtime made for that. The suites of their training have the work itself. */
export const inference: Suite = {
  name: 'inference',
  summary: 'LeNet-5 and ResNet-20 beside onnxruntime-node: batches of 128, and one image at a time',
  measurements: NETWORKS.flatMap(({ name, bar }) =>
    [128, 1].map(
      (batch): Measurement => ({
        name: `${name} infer, batch ${batch}`,
        case: `${name}-infer`,
        parameters: { batch },
        threads: [2],
        unit: perSecond('images', batch),
        peers: [{ program: 'onnxruntime', bar }, { program: 'pytorch' }],
      }),
    ),
  ),
  cases: {},
};
