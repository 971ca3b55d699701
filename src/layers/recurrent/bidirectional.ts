import { add, div, mul } from '../../ops/math/arithmetic.ts';
import { concat, flip } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError, at } from '../../util/errors.ts';
import { unknownName } from '../../util/suggest.ts';
import { type BatchShape, isOneShape } from '../batch-shape.ts';
import type { CallContext } from '../call.ts';
import { completeConfig, separate } from '../define-layer.ts';
import type { Arity } from '../inputs.ts';
import { type InputDType, Layer } from '../layer.ts';
import { layerToConfig } from '../layer-config.ts';
import type { LayerConfig, LayerOptions } from '../layer-options.ts';
import type { Mask } from '../masks.ts';
import { partsOf, type Several } from '../several.ts';
import { RecurrentLayer, type RecurrentResult } from './recurrent-layer.ts';

/** How the outputs of both directions become one. */
const MERGES = {
  concat: (a: Tensor, b: Tensor) => concat([a, b], -1),
  sum: (a: Tensor, b: Tensor) => add(a, b),
  mul: (a: Tensor, b: Tensor) => mul(a, b),
  ave: (a: Tensor, b: Tensor) => div(add(a, b), 2),
} as const;

/** A way to merge, or null to give both outputs. */
export type MergeMode = keyof typeof MERGES | null;

/** Options of `bidirectional`. */
export interface BidirectionalOptions<Result extends RecurrentResult = RecurrentResult> extends LayerOptions {
  /** A recurrent layer; the two that run have its options, and weights of their own. */
  readonly layer: RecurrentLayer<Result>;
  /** What runs backwards, if not such a copy. */
  readonly backwardLayer?: RecurrentLayer<Result> | null;
  /** Default `concat`. */
  readonly mergeMode?: MergeMode;
}

interface Config {
  readonly layer: RecurrentLayer<RecurrentResult>;
  readonly backwardLayer: RecurrentLayer<RecurrentResult> | null;
  readonly mergeMode: MergeMode;
}

const RULES = {
  type: 'Bidirectional',
  required: ['layer'],
  defaults: { backwardLayer: null, mergeMode: 'concat' },
  check: (config: object, where: string) => requireDirections(config as Config, where),
};

/** Two recurrent layers, one of which sees the end of the sequences first. */
export class Bidirectional extends Layer<RecurrentResult> {
  readonly forwardLayer: RecurrentLayer<RecurrentResult>;
  readonly backwardLayer: RecurrentLayer<RecurrentResult>;
  readonly mergeMode: MergeMode;

  constructor({ layer, backwardLayer, mergeMode }: Config, options: LayerOptions) {
    super(RULES.type, options);
    const { goBackwards, returnSequences } = layer.settings;
    const masked = { zeroOutputForMask: returnSequences };
    const backward = { ...masked, goBackwards: !goBackwards };
    const name = layer.name.replace(/^forward_/, '');
    this.forwardLayer = this.track(layer.copy(`forward_${name}`, masked));
    this.backwardLayer = this.track(backwardLayer ?? layer.copy(`backward_${name}`, backward));
    this.mergeMode = mergeMode;
  }

  override get arity(): Arity {
    return 'oneOrSeveral';
  }

  override get inputDType(): InputDType {
    return 'float';
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override computeMask(_inputs: readonly Tensor[], [mask]: readonly Mask[]): Mask | readonly Mask[] {
    if (!this.forwardLayer.settings.returnSequences) return undefined;
    return this.mergeMode === null ? [mask, mask] : mask;
  }

  override build(inputShape: Several<BatchShape>): void {
    const shape = at(partsOf(inputShape, isOneShape).items, 0);
    this.forwardLayer.ensureBuilt([shape]);
    this.backwardLayer.ensureBuilt([shape]);
    super.build(inputShape);
  }

  override call([x, ...states]: readonly Tensor[], { mask }: CallContext): RecurrentResult {
    const half = states.length / 2;
    const run = (layer: RecurrentLayer<RecurrentResult>, own: readonly Tensor[]) =>
      [layer.apply([x as Tensor, ...own], { mask })].flat() as Tensor[];
    const [forward, ...last] = run(this.forwardLayer, states.slice(0, half));
    const [backward, ...lastBackwards] = run(this.backwardLayer, states.slice(half));
    const turned = this.forwardLayer.settings.returnSequences ? flip(backward as Tensor, 1) : backward;
    const both = [forward as Tensor, turned as Tensor] as const;
    const outputs = this.mergeMode === null ? both : [MERGES[this.mergeMode](...both)];
    const results = [...outputs, ...last, ...lastBackwards];
    return results.length === 1 ? at(results, 0) : results;
  }

  /** Sets the states of stateful layers back to zeros. */
  resetStates(): void {
    this.forwardLayer.resetStates();
    this.backwardLayer.resetStates();
  }

  override getConfig(): LayerConfig {
    const [layer, backwardLayer] = [this.forwardLayer, this.backwardLayer].map(layerToConfig);
    return { ...super.getConfig(), layer, backwardLayer, mergeMode: this.mergeMode };
  }
}

/**
 * Runs a recurrent layer in both directions and merges the outputs, by default side by side. With `returnState` the
 * states follow, those of the forward direction first; first states come in this order too. As Keras 3.
 */
export function bidirectional(
  options: BidirectionalOptions<Tensor> & { readonly mergeMode?: Exclude<MergeMode, null> },
): Layer<Tensor> & Pick<Bidirectional, 'resetStates'>;
export function bidirectional(
  options: BidirectionalOptions,
): Layer<readonly Tensor[]> & Pick<Bidirectional, 'resetStates'>;
export function bidirectional(options: BidirectionalOptions): unknown {
  const [base, own] = separate(options);
  return new Bidirectional(completeConfig(RULES, own) as Config, base);
}

function requireDirections({ layer, backwardLayer, mergeMode }: Config, where: string): void {
  if (mergeMode !== null && !Object.hasOwn(MERGES, mergeMode)) {
    throw unknownName({ where, kind: 'a mergeMode', name: String(mergeMode), known: Object.keys(MERGES) });
  }
  for (const one of [layer, backwardLayer]) {
    if (one instanceof RecurrentLayer || one === null) continue;
    throw new AntlerValueError({
      where,
      expected: 'a recurrent layer',
      got: typeof one,
      fix: 'write bidirectional({ layer: lstm({ units: 64 }) })',
    });
  }
  if (backwardLayer) requireOpposite(layer, backwardLayer, where);
}

function requireOpposite(a: Config['layer'], b: Config['layer'], where: string): void {
  if (a.settings.goBackwards === b.settings.goBackwards) {
    throw new AntlerValueError({
      where,
      expected: 'a backwardLayer whose goBackwards differs from that of the layer',
      got: `${b.settings.goBackwards} in both`,
    });
  }
  for (const name of ['stateful', 'returnSequences', 'returnState'] as const) {
    if (a.settings[name] === b.settings[name]) continue;
    throw new AntlerValueError({
      where,
      expected: `a backwardLayer with the ${name} of the layer, ${a.settings[name]}`,
      got: `${b.settings[name]}`,
    });
  }
}
