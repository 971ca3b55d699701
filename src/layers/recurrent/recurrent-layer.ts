import { zeros } from '../../ops/create.ts';
import { take } from '../../ops/index/take.ts';
import { moveaxis } from '../../ops/shape/shape.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { Variable } from '../../tensor/variable.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import { formatShape } from '../../util/shapes.ts';
import { type BatchShape, formatBatchShape, isOneShape } from '../batch-shape.ts';
import type { CallContext } from '../call.ts';
import { requireFeatures } from '../input-layout.ts';
import type { Arity } from '../inputs.ts';
import { type InputDType, Layer } from '../layer.ts';
import { layerToConfig } from '../layer-config.ts';
import type { LayerConfig, LayerOptions } from '../layer-options.ts';
import type { Mask } from '../masks.ts';
import { partsOf, type Several } from '../several.ts';
import { isProbing } from '../trace-shape.ts';
import type { RecurrentCell } from './cell.ts';
import type { RecurrentConfig } from './rnn-config.ts';
import { runCell } from './run-cell.ts';

/** What a recurrent layer gives: the output, or with `returnState` the output and the last states. */
export type RecurrentResult = Tensor | readonly Tensor[];

/** How a recurrent layer names itself in its configuration. */
export interface RecurrentKind {
  /** Keras's name of the class. */
  readonly type: string;
  /** Whether the options of the cell are the layer's own. */
  readonly hasOwnCell: boolean;
}

/**
 * A cell along the time: [batch, time, ...] to [batch, units], or with `returnSequences` [batch, time, units]. The
 * first states may follow the input: `apply([x, h, c])`. As Keras 3.
 */
export class RecurrentLayer<Result extends RecurrentResult = Tensor> extends Layer<Result> {
  readonly cell: RecurrentCell;
  readonly settings: RecurrentConfig;
  readonly #kind: RecurrentKind;
  readonly #options: LayerOptions;
  #states: readonly Variable[] | undefined;

  constructor(kind: RecurrentKind, cell: RecurrentCell, settings: RecurrentConfig, options: LayerOptions) {
    super(kind.type, options);
    this.#kind = kind;
    this.#options = options;
    this.settings = settings;
    this.cell = this.track(cell);
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
    return this.settings.returnSequences ? mask : undefined;
  }

  override build(inputShape: Several<BatchShape>): void {
    const [batch = null, , ...features] = this.#sequenceShape(inputShape);
    this.cell.ensureBuilt([[batch, ...features]]);
    super.build(inputShape);
  }

  override call([sequences, ...initial]: readonly Tensor[], { training, mask }: CallContext): Result {
    const { returnSequences, returnState, goBackwards, zeroOutputForMask } = this.settings;
    const x = at([sequences as Tensor], 0);
    const batch = at(x.shape, 0);
    const states = initial.length > 0 ? this.#checked(initial, batch) : this.#firstStates(batch);
    const walk = { goBackwards, zeroOutputForMask };
    const { outputs, states: last } = runCell(this.cell, { sequences: x, states, mask, training, ...walk });
    this.#keep(last);
    const output = returnSequences ? moveaxis(outputs, 0, 1) : take(outputs, at(x.shape, 1) - 1);
    return (returnState ? [output, ...last] : output) as Result;
  }

  /** Sets the states of a stateful layer back to zeros. */
  resetStates(): void {
    for (const state of this.#states ?? []) state.assign(zeros(state.shape, state.dtype));
  }

  override get carriedStates(): readonly Variable[] {
    return [...super.carriedStates, ...(this.#states ?? [])];
  }

  override prepareCarriedStates(batch: number): void {
    super.prepareCarriedStates(batch);
    if (this.settings.stateful) this.#states ??= this.#newStates(batch);
  }

  override getConfig(): LayerConfig {
    const base = super.getConfig();
    if (!this.#kind.hasOwnCell) return { ...base, cell: layerToConfig(this.cell), ...this.settings };
    return { ...this.cell.getConfig(), ...base, ...this.settings };
  }

  /** A layer of the same options, but for some, with weights of its own. */
  copy(name: string, changes: Partial<RecurrentConfig>): RecurrentLayer<Result> {
    const settings = { ...this.settings, ...changes };
    return new RecurrentLayer(this.#kind, this.cell.copy(), settings, { ...this.#options, name });
  }

  protected override checkInput(inputShape: Several<BatchShape>): void {
    const shape = this.#sequenceShape(inputShape);
    const built = this.builtShape && this.#sequenceShape(this.builtShape);
    if (built) requireFeatures(shape, built, 'input');
  }

  #sequenceShape(inputShape: Several<BatchShape>): BatchShape {
    const shape = at(partsOf(inputShape, isOneShape).items, 0);
    const least = this.#kind.hasOwnCell ? 3 : 2;
    if (shape.length === 3 || (!this.#kind.hasOwnCell && shape.length >= least)) return shape;
    throw new AntlerShapeError({
      where: 'input',
      expected: '[batch, time, features]',
      got: formatBatchShape(shape),
      fix: 'reshape each example to [time, features]; behind a recurrent layer, give that one returnSequences: true',
    });
  }

  #checked(states: readonly Tensor[], batch: number): readonly Tensor[] {
    const expected = this.cell.stateSizes.map((units) => formatShape([batch, units]));
    const got = states.map(({ shape }) => formatShape(shape));
    if (got.join() === expected.join()) return states;
    throw new AntlerShapeError({
      where: 'initial states',
      expected: expected.join(' and '),
      got: got.join(' and '),
    });
  }

  /** What the batch before has left in a stateful layer, else zeros. */
  #firstStates(batch: number): readonly Tensor[] {
    if (!this.settings.stateful || isProbing()) return this.cell.initialStates(batch);
    this.#states ??= this.#newStates(batch);
    const known = at(this.#states, 0).shape[0];
    if (known === batch) return this.#states.map((state) => state.read());
    throw new AntlerValueError({
      where: 'input',
      expected: `a batch of ${known}, as the first one, whose states go on`,
      got: `${batch}`,
      fix: 'give a stateful layer batches of one size',
    });
  }

  #newStates(batch: number): readonly Variable[] {
    return this.cell.stateSizes.map(
      (units, i) =>
        new Variable(zeros([batch, units], this.computeDtype), {
          name: `${this.path}/state${i}`,
          trainable: false,
        }),
    );
  }

  #keep(last: readonly Tensor[]): void {
    if (!this.settings.stateful || isProbing()) return;
    this.#states?.forEach((state, i) => {
      state.assign(at(last, i));
    });
  }
}
