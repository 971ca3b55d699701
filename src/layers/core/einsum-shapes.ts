import type { FanAxes } from '../../initializers/fans.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import type { Shape } from '../../util/shapes.ts';
import { type BatchShape, formatBatchShape } from '../batch-shape.ts';

/** The letters of an equation, and where dots stand for further axes of input and result. */
export interface EinsumEquation {
  readonly input: string;
  readonly kernel: string;
  readonly output: string;
  readonly dots: 'none' | 'left' | 'right';
}

const FORMS = {
  none: /^([a-zA-Z]+),([a-zA-Z]+)->([a-zA-Z]+)$/,
  left: /^\.\.\.([a-zA-Z]+),([a-zA-Z]+)->\.\.\.([a-zA-Z]+)$/,
  right: /^([a-zA-Z]{2,})\.\.\.,([a-zA-Z]+)->([a-zA-Z]+)\.\.\.$/,
} as const;

/** @throws AntlerValueError for an equation of another form, or with letters that come from nowhere */
export function parseEquation(equation: string, where: string): EinsumEquation {
  for (const dots of ['none', 'left', 'right'] as const) {
    const [, input, kernel, output] = FORMS[dots].exec(equation) ?? [];
    if (input && kernel && output) {
      requireLetters(output, input + kernel, { equation, where });
      requireLetters(kernel, input + output, { equation, where });
      return { input, kernel, output, dots };
    }
  }
  throw new AntlerValueError({
    where,
    expected: 'an equation like ab,bc->ac, ...ab,bc->...ac or ab...,bc->ac...',
    got: `'${equation}'`,
  });
}

function requireLetters(
  letters: string,
  known: string,
  { equation, where }: { readonly equation: string; readonly where: string },
): void {
  const stranger = [...letters].find((letter) => !known.includes(letter));
  if (stranger === undefined) return;
  const expected = `an equation in which ${stranger} stands in another term, too`;
  throw new AntlerValueError({ where, expected, got: `'${equation}'` });
}

interface Options {
  readonly equation: string;
  readonly outputShape: number | readonly (number | null)[];
  readonly biasAxes: string | null;
}

/** Shapes of the weights for inputs of a shape. */
export function weightShapes(
  { equation, outputShape, biasAxes }: Options,
  input: BatchShape,
): { readonly kernel: Shape; readonly fanAxes: FanAxes; readonly bias: Shape | undefined } {
  const terms = parseEquation(equation, 'equation');
  const extents = extentsByLetter(terms, [outputShape].flat(), input);
  const known = (letter: string) => {
    const extent = extents.get(letter);
    if (typeof extent === 'number') return extent;
    throw new AntlerShapeError({
      where: 'outputShape',
      expected: `a known extent of axis ${letter}`,
      got: formatBatchShape(input),
    });
  };
  const kernel = [...terms.kernel].map(known);
  const fanAxes = fanAxesOf(terms);
  if (biasAxes === null) return { kernel, fanAxes, bias: undefined };
  requireBiasAxes(biasAxes, terms.output);
  const first = Math.min(...[...biasAxes].map((letter) => terms.output.indexOf(letter)));
  const letters = [...terms.output.slice(first)];
  const rest = terms.dots === 'right' ? input.slice(terms.input.length).map(() => 1) : [];
  return { kernel, fanAxes, bias: [...letters.map((l) => (biasAxes.includes(l) ? known(l) : 1)), ...rest] };
}

/** Axes of the kernel that the result has count outputs, the others inputs. */
function fanAxesOf({ kernel, output }: EinsumEquation): FanAxes {
  const axes = [...kernel].map((_, axis) => axis);
  const isOutput = (axis: number) => output.includes(at([...kernel], axis));
  return { inputAxes: axes.filter((axis) => !isOutput(axis)), outputAxes: axes.filter(isOutput) };
}

function requireBiasAxes(biasAxes: string, output: string): void {
  if (biasAxes.length > 0 && [...biasAxes].every((letter) => output.includes(letter))) return;
  throw new AntlerValueError({ where: 'biasAxes', expected: `letters of ${output}`, got: `'${biasAxes}'` });
}

/** The extents of all axes that have letters: those of the result, then what only the input has. */
function extentsByLetter(
  { input: letters, output, dots }: EinsumEquation,
  outputShape: readonly (number | null)[],
  input: BatchShape,
): Map<string, number | null> {
  const elided = input.length - letters.length;
  if (dots === 'none' ? elided !== 0 : elided < 0) {
    const expected = `an input with ${letters.length} axes${dots === 'none' ? '' : ' or more'}`;
    throw new AntlerShapeError({ where: 'input', expected, got: formatBatchShape(input) });
  }
  const ofInput = dots === 'left' ? input.slice(elided) : input.slice(0, letters.length);
  // the batch is the first axis of the result, or one of those the dots stand for
  const ofOutput = dots === 'left' && elided > 0 ? outputShape : [input[0] ?? null, ...outputShape];
  if (ofOutput.length !== output.length) {
    const expected = `${output.length - (ofOutput.length - outputShape.length)} extents for ${output}`;
    throw new AntlerShapeError({ where: 'outputShape', expected, got: formatBatchShape(outputShape) });
  }
  const extents = new Map([...output].map((letter, i) => [letter, at(ofOutput, i)]));
  for (const [i, letter] of [...letters].entries()) extents.set(letter, joined(letter, i));
  return extents;

  function joined(letter: string, i: number): number | null {
    const [own, wanted] = [at(ofInput, i), extents.get(letter) ?? null];
    if (own === null || wanted === null || own === wanted) return own ?? wanted;
    const expected = `${wanted} along axis ${letter}, as outputShape says`;
    throw new AntlerShapeError({ where: 'input', expected, got: formatBatchShape(input) });
  }
}
