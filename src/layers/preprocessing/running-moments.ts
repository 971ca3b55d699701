import { cast } from '../../ops/math/arithmetic.ts';
import { mean, variance } from '../../ops/reduce/reduce.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { at } from '../../util/errors.ts';

/** Mean and variance of values that come in batches, in double precision (Chan, Golub, LeVeque 1983). */
export class RunningMoments {
  #count = 0;
  #mean: number[] = [];
  #variance: number[] = [];

  /** Of all values so far, of each place of the axes that are kept, in row-major order. */
  get mean(): readonly number[] {
    return this.#mean;
  }

  /** Mean of the squared distances from the mean. */
  get variance(): readonly number[] {
    return this.#variance;
  }

  /** Takes a batch in. @param kept axes whose places count apart */
  async add(batch: Tensor, kept: readonly number[]): Promise<void> {
    const values = cast(batch, 'float64');
    const axis = batch.shape.map((_, i) => i).filter((i) => !kept.includes(i));
    const [means, variances] =
      axis.length === 0
        ? [await values.data(), new Float64Array(batch.size)]
        : [await mean(values, { axis }).data(), await variance(values, { axis }).data()];
    const size = axis.reduce((count, i) => count * at(batch.shape, i), 1);
    if (size === 0) return;
    const share = size / (this.#count + size);
    const pairs = Array.from(means, (m, i) => this.#merge(i, m, at(variances, i), share));
    this.#mean = pairs.map(([m]) => m);
    this.#variance = pairs.map(([, v]) => v);
    this.#count += size;
  }

  #merge(i: number, mean: number, variance: number, share: number): [mean: number, variance: number] {
    const [oldMean, oldVariance] = [this.#mean[i] ?? 0, this.#variance[i] ?? 0];
    const step = mean - oldMean;
    const spread = step * step * share * (1 - share);
    return [oldMean + step * share, oldVariance * (1 - share) + variance * share + spread];
  }
}
