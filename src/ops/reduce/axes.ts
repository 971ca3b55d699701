import { normalizeAxes, normalizeAxis, type Shape } from '../../util/shapes.ts';

/** Which axes an op works along, and whether they stay with extent 1. */
export interface AxisOptions {
  /** One axis or several; negative counts from the end. Default: all. */
  readonly axis?: number | readonly number[] | undefined;
  /** Keep the axes with extent 1. Default false. */
  readonly keepDims?: boolean | undefined;
}

/** The axes alone, or all options: `sum(x, -1)`, `sum(x, [0, 1])`, `sum(x, { axis: -1, keepDims: true })`. */
export type AxisArgument = number | readonly number[] | AxisOptions | undefined;

function optionsOf(argument: AxisArgument): AxisOptions {
  if (typeof argument === 'number' || Array.isArray(argument))
    return { axis: argument as number | readonly number[] };
  return (argument as AxisOptions | undefined) ?? {};
}

/** What a reduction does to a shape. */
export interface ReducedAxes {
  readonly axes: readonly number[];
  /** The reduced axes with extent 1. */
  readonly kept: Shape;
  /** The shape asked for. */
  readonly shape: Shape;
}

export function reducedAxes(shape: Shape, argument: AxisArgument, where: string): ReducedAxes {
  const { axis, keepDims = false } = optionsOf(argument);
  const axes = normalizeAxes(axis, shape.length, where);
  const kept = shape.map((extent, i) => (axes.includes(i) ? 1 : extent));
  return { axes, kept, shape: keepDims ? kept : shape.filter((_, i) => !axes.includes(i)) };
}

/** An op's single axis, given alone or as an option. */
export function singleAxis(
  shape: Shape,
  argument: number | { readonly axis?: number } | undefined,
  fallback: number,
  where: string,
): number {
  const axis = typeof argument === 'number' ? argument : (argument?.axis ?? fallback);
  return normalizeAxis(axis, shape.length, where);
}
