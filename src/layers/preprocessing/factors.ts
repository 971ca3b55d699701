import { uniform } from '../../random/distributions.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { AntlerValueError, at } from '../../util/errors.ts';
import type { SeedGenerator } from '../seed-generator.ts';

/** How much at most, in both directions, or from where to where. */
export type Factor = number | Range;

/** From where to where. */
export type Range = readonly [low: number, high: number];

/** What factors may be. */
interface Bounds {
  readonly low: number;
  readonly high: number;
  /** Whether `low` itself is too low. Default false. */
  readonly isOpen?: boolean;
}

/** @throws AntlerValueError unless the option is a number in the bounds, or two of them */
export function requireFactor(
  factor: Factor,
  { option, where, low, high, isOpen = false }: Bounds & { readonly option: string; readonly where: string },
): void {
  const numbers = typeof factor === 'number' ? [factor] : factor;
  const isOneOrTwo = typeof factor === 'number' || (Array.isArray(factor) && factor.length === 2);
  if (isOneOrTwo && numbers.every((x) => (isOpen ? x > low : x >= low) && x <= high)) return;
  throw new AntlerValueError({
    where,
    expected: `${option}, one or two numbers in ${isOpen ? '(' : '['}${low}, ${high}]`,
    got: JSON.stringify(factor),
  });
}

/** A factor as a range in order; one number reaches to both sides of 0, but not below `lowest`. */
export function rangeOf(factor: Factor, lowest = -1): Range {
  if (typeof factor !== 'number') return [Math.min(...factor), Math.max(...factor)];
  return [Math.max(-Math.abs(factor), lowest), Math.abs(factor)];
}

/** One random number in [low, high) for each picture: [batch]. */
export function drawOfRange(stream: SeedGenerator, pictures: Tensor, [minval, maxval]: Range): Tensor {
  return uniform(stream.next(), [at(pictures.shape, 0)], { minval, maxval });
}

/** @throws AntlerValueError unless the option is two numbers in order */
export function requireRange(range: Range, option: string, where: string): void {
  if (Array.isArray(range) && range.length === 2 && range[0] <= range[1]) return;
  throw new AntlerValueError({
    where,
    expected: `${option}, the least and the greatest value`,
    got: JSON.stringify(range),
  });
}
