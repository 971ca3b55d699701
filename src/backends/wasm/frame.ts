import type { Plan } from '../../compiler/compile.ts';
import type { DType } from '../../util/dtypes.ts';
import { argumentWords } from './codegen/program.ts';

/** What a run must know of a plan. The plan itself holds the graph, and with it tensors: it is let go. */
export interface Frame {
  readonly outputs: readonly { readonly dtype: DType; readonly size: number }[];
  /** For each output, the input whose memory it takes over, or undefined. */
  readonly inPlace: readonly (number | undefined)[];
  /** For each input the output that may overwrite it, or null. */
  readonly donated: readonly (number | null)[];
  readonly sharedBytes: number;
  readonly localBytes: number;
  readonly isDivided: boolean;
  /** Words of the argument block. */
  readonly words: number;
}

export function frameOf(plan: Plan): Frame {
  const { inPlace, sharedBytes, localBytes } = plan.places;
  return {
    outputs: plan.outputs.map(({ dtype, size }) => ({ dtype, size })),
    inPlace,
    donated: plan.donated,
    sharedBytes,
    localBytes,
    isDivided: plan.isDivided,
    words: argumentWords(plan),
  };
}
