import type { Model } from '../../models/model.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** The compiled training step of a model on one batch, without what `fit` does around it. */
export function bareStep(model: Model, x: Tensor, y: Tensor): () => Tensor {
  model.prepareTraining();
  return () => model.trainProgram({ x, y, sampleWeight: null });
}
