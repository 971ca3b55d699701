import { findNonFinite, type NonFiniteOrigin } from '../tensor/diagnose.ts';
import { AntlerNumericError } from '../util/errors.ts';
import type { AnyBatch, AnyModel, TrainingState } from './model.ts';

/**
 * The error for a loss that is NaN or infinite: names the step, and what made the value. The model is as
 * before the step.
 */
export async function nonFiniteLoss(
  model: AnyModel,
  batch: AnyBatch,
  loss: number,
  { epoch, step }: TrainingState,
): Promise<AntlerNumericError> {
  const origin = await findNonFinite(() =>
    model.computeLoss(batch, model.apply(batch.x, { training: true })),
  );
  return new AntlerNumericError({
    where: `${model.name}.fit, epoch ${epoch + 1}, step ${step + 1}`,
    expected: 'a finite loss',
    got: `${loss}${origin ? `, first made by ${describe(origin)}` : ''}`,
    fix: fixFor(origin, model.optimizer.learningRate),
  });
}

function describe(origin: NonFiniteOrigin): string {
  switch (origin.kind) {
    case 'operation':
      return `${origin.primitive} in ${origin.scope || 'the loss'}`;
    case 'variable':
      return `the weight ${origin.name}, which is not finite itself`;
    case 'data':
      return 'the data: an example or label is not finite';
  }
}

function fixFor(origin: NonFiniteOrigin | undefined, rate: number): string {
  if (origin?.kind === 'data') return 'remove or replace NaN and infinities in the data';
  return `lower the learning rate, now ${Number(rate.toPrecision(4))}, bound gradients with clipnorm, or scale the inputs`;
}
