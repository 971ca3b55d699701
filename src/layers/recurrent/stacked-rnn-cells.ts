import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError, at } from '../../util/errors.ts';
import { type BatchShape, isOneShape } from '../batch-shape.ts';
import type { CallContext } from '../call.ts';
import { layerToConfig } from '../layer-config.ts';
import type { LayerConfig, LayerOptions } from '../layer-options.ts';
import { partsOf, type Several } from '../several.ts';
import { type CellRun, RecurrentCell, type RunContext, type StepResult } from './cell.ts';

/** Options of `stackedRNNCells`. */
export interface StackedRNNCellsOptions extends LayerOptions {
  /** From the one that sees the input to the one that gives the output. */
  readonly cells: readonly RecurrentCell[];
}

/** Cells one upon the other, as one cell; its states are theirs, one after the other. */
export class StackedRNNCells extends RecurrentCell {
  readonly #cells: readonly RecurrentCell[];
  readonly #options: LayerOptions;

  constructor({ cells, ...options }: StackedRNNCellsOptions) {
    super('StackedRNNCells', options);
    this.#options = options;
    this.#cells = cells.map((cell) => this.track(cell));
  }

  override get stateSizes(): readonly number[] {
    return this.#cells.flatMap((cell) => cell.stateSizes);
  }

  override get outputSize(): number {
    return at(this.#cells, -1).outputSize;
  }

  override get outputState(): number {
    return this.stateSizes.length - at(this.#cells, -1).stateSizes.length + at(this.#cells, -1).outputState;
  }

  override build(inputShape: Several<BatchShape>): void {
    let shape = at(partsOf(inputShape, isOneShape).items, 0);
    for (const cell of this.#cells) {
      cell.ensureBuilt([shape]);
      shape = [shape[0] ?? null, cell.outputSize];
    }
    super.build(inputShape);
  }

  override call([x, ...states]: readonly Tensor[], { training }: CallContext): StepResult {
    const run = this.begin({ batch: at((x as Tensor).shape, 0), training });
    return run.step(run.project(x as Tensor), states);
  }

  override begin(context: RunContext): CellRun {
    const runs = this.#cells.map((cell) => cell.begin(context));
    return {
      project: (x) => at(runs, 0).project(x),
      step: (projected, states) => this.#stepAll(runs, projected, states),
    };
  }

  override getConfig(): LayerConfig {
    return { ...super.getConfig(), cells: this.#cells.map((cell) => layerToConfig(cell)) };
  }

  override copy(): StackedRNNCells {
    return new StackedRNNCells({ ...this.#options, cells: this.#cells.map((cell) => cell.copy()) });
  }

  #stepAll(runs: readonly CellRun[], projected: readonly Tensor[], states: readonly Tensor[]): StepResult {
    const next: Tensor[] = [];
    let given = projected;
    let output: Tensor | undefined;
    runs.forEach((run, i) => {
      if (output) given = run.project(output);
      const own = states.slice(next.length, next.length + at(this.#cells, i).stateSizes.length);
      const [result, ...after] = run.step(given, own);
      next.push(...after);
      output = result;
    });
    return [output as Tensor, ...next];
  }
}

/** Cells one upon the other, for `rnn`. As Keras 3. @throws AntlerValueError for no cells */
export function stackedRNNCells(options: StackedRNNCellsOptions): StackedRNNCells {
  const { cells } = options;
  const areCells = Array.isArray(cells) && cells.every((cell) => cell instanceof RecurrentCell);
  if (areCells && cells.length > 0) return new StackedRNNCells(options);
  throw new AntlerValueError({
    where: 'stackedRNNCells',
    expected: 'the option cells, a list of cells',
    got: Array.isArray(cells) ? `a list of ${cells.length} things` : typeof cells,
    fix: 'write stackedRNNCells({ cells: [lstmCell({ units: 64 }), lstmCell({ units: 32 })] })',
  });
}
