import type { Parts, Several } from '../../layers/several.ts';
import { fromHost, type Tensor } from '../../tensor/tensor.ts';
import { allocate } from '../../util/dtypes.ts';
import { AntlerDataError } from '../../util/errors.ts';
import { buildFor, exampleRows, type LabelledRows, labelsFor } from '../evaluate.ts';
import type { AnyModel } from '../model.ts';
import { countOf } from '../port-rows.ts';
import type { Rows } from '../rows.ts';
import { type ClassWeight, exampleWeights } from '../sample-weights.ts';
import { batchParts } from './batch-source.ts';
import type { Supplied, SuppliedBatch } from './supply.ts';

interface IntakeOptions {
  readonly where: string;
  readonly classWeight?: ClassWeight | undefined;
}

/** Checks the batches of a dataset and brings them to the device. */
export class BatchIntake {
  readonly #model: AnyModel;
  readonly #options: IntakeOptions;
  /** Shapes and types for which the model was checked: that traces it, which costs more than a small step. */
  #checked = '';

  constructor(model: AnyModel, options: IntakeOptions) {
    this.#model = model;
    this.#options = options;
  }

  /** A batch with labels. @throws AntlerDataError, AntlerShapeError if it does not fit the model */
  async labelled(given: unknown): Promise<SuppliedBatch> {
    const { rows, weights } = await this.rows(given);
    const labels = rows.y.map((part) => part && tensorOf(part));
    const [only] = labels;
    const batch = {
      x: onDevice(rows.x),
      y: labels.length === 1 && only ? only : labels,
      sampleWeight: weights ? tensorOf(weights) : null,
    };
    return { batch, size: countOf(rows.x) };
  }

  /** A batch with labels, on the host. */
  async rows(given: unknown): Promise<{ readonly rows: LabelledRows; readonly weights: Rows | undefined }> {
    const { where, classWeight } = this.#options;
    const { x, y, sampleWeight } = batchParts(given, where);
    if (y === undefined) {
      throw new AntlerDataError({
        where,
        expected: 'batches [x, y] with labels',
        got: 'one of examples alone',
      });
    }
    const examples = await this.#examples(x);
    const rows = { x: examples, y: await labelsFor(this.#model, examples, y, where) };
    const heads = this.#model.compiled.headsFor(this.#model.namedOutputs);
    const options = {
      ...(classWeight && { classWeight }),
      ...(sampleWeight !== undefined && { sampleWeight }),
    };
    const weights = await exampleWeights({ count: countOf(examples), labels: rows.y, heads }, options, where);
    return { rows, weights };
  }

  /** A batch whose labels, if there are any, are not looked at. */
  async examples(given: unknown): Promise<Supplied<Several<Tensor>>> {
    const rows = await this.#examples(batchParts(given, this.#options.where).x);
    return { batch: onDevice(rows), size: countOf(rows) };
  }

  async #examples(x: Parameters<typeof exampleRows>[1]): Promise<Parts<Rows>> {
    const rows = await exampleRows(this.#model, x, this.#options.where);
    const signature = rows.items.map(({ dtype, rowShape }) => `${dtype}[${rowShape.join()}]`).join();
    if (signature !== this.#checked) buildFor(this.#model, rows);
    this.#checked = signature;
    return rows;
  }
}

function onDevice({ items, rebuild }: Parts<Rows>): Several<Tensor> {
  return rebuild(items.map(tensorOf));
}

function tensorOf({ data, count, rowShape, dtype }: Rows): Tensor {
  const elements = allocate(dtype, data.length);
  elements.set(data); // also brings doubles to the model's type
  return fromHost(elements, [count, ...rowShape], dtype);
}
