import { type TensorLike, toTensor } from '../../ops/convert.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError } from '../../util/errors.ts';
import type { CallContext, CallOptions } from '../call.ts';
import type { Layer } from '../layer.ts';
import type { Mask } from '../masks.ts';

/** What attention looks for, what it finds, and what it finds it by. */
export interface AttentionInputs<T> {
  readonly query: T;
  readonly value: T;
  readonly key: T;
}

/**
 * The roles of inputs: the value is also the key where none is given.
 * @throws AntlerValueError for another number of them
 */
export function attentionInputs<T>(inputs: readonly T[]): AttentionInputs<T> {
  const [query, value, key = value, ...more] = inputs;
  if (query !== undefined && value !== undefined && key !== undefined && more.length === 0) {
    return { query, value, key };
  }
  throw new AntlerValueError({
    where: 'input',
    expected: '[query, value] or [query, value, key]',
    got: inputs.length === 1 ? 'one tensor' : `${inputs.length} tensors`,
    ...(inputs.length === 1 ? { fix: 'give [x, x] for x to attend to itself' } : {}),
  });
}

/**
 * Names of what a call of any attention takes beside `training` and `mask`. `useCausalMask`: queries see no key that comes
 * later. `returnAttentionScores`: give [output, scores], not the output alone. Default false.
 */
export const ATTENTION_ARGUMENTS = ['useCausalMask', 'returnAttentionScores'] as const;

/** A layer of attention, which gives the scores too where a call asks for them. */
export type AttentionLayer = {
  apply(
    inputs: readonly TensorLike[],
    options: CallOptions & { readonly returnAttentionScores: true },
  ): readonly [output: Tensor, scores: Tensor];
} & Layer;

/** Reads a switch among the arguments of a call. */
export function isSet(context: CallContext, name: (typeof ATTENTION_ARGUMENTS)[number]): boolean {
  return context.arguments[name] === true;
}

/** Reads a mask among the arguments of a call. */
export function maskArgument(context: CallContext, name: string): Mask {
  const given = context.arguments[name];
  return given === undefined || given === null ? undefined : toTensor(given as TensorLike, name);
}
