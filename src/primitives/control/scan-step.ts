import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import type { Differentiate } from '../../graph/primitive.ts';
import { dependentsOf, substitute } from '../../graph/substitute.ts';
import { isFloat } from '../../util/dtypes.ts';
import { at } from '../../util/errors.ts';
import { add } from '../elementwise/arithmetic.ts';
import { input } from '../leaf.ts';
import type { ScanAttrs } from './control.ts';
import { freeValues } from './scan-saved.ts';
import { type StackedSum, stackedSum } from './scan-sums.ts';

/** An input of the forward step, and what the backward step gives for it. */
interface Cotangent {
  readonly source: Node;
  readonly result: Node;
}

/** One step of a scan, going backwards. */
export interface BackwardStep {
  /** Carries, with their cotangents before the step. */
  readonly carries: readonly Cotangent[];
  /** Constants whose cotangents are summed from step to step. */
  readonly running: readonly Cotangent[];
  /** Elements of sequences, with their cotangents. */
  readonly elements: readonly Cotangent[];
  /** Constants whose cotangents are summed behind the scan. */
  readonly stacked: readonly { readonly source: Node; readonly sum: StackedSum }[];
  /** Values of the forward step that it takes as elements of stacks. */
  readonly saved: readonly Node[];
  /** Inputs of the forward step that it takes too. */
  readonly givenElements: readonly Node[];
  readonly givenConstants: readonly Node[];
  /** What the forward scan must store: `saved`, then what only the sums behind the scan need. */
  readonly forward: readonly Node[];
  /** Its results in terms of the forward step's values: as above, then what only the sums behind the scan need. */
  readonly outputs: readonly Node[];
  /**
   * The step as a function of carries, sums, cotangents of results, and the values saved and given.
   */
  readonly graph: Graph;
}

/** @param cotangents of the scan's results; null where nothing depends on one */
export function backwardStep(
  body: Graph,
  attrs: ScanAttrs,
  cotangents: readonly (Node | null)[],
  differentiate: Differentiate,
): BackwardStep {
  const roles = rolesOf(body, attrs);
  const seeds = seedOutputs(body, cotangents, attrs);
  const terms = cotangentTerms(body, roles, seeds, differentiate);
  const { stacked, running, sums } = splitSums(terms.constants, roles);
  const own = [...present(seeds), ...sums];
  const elements = terms.elements.map(({ result }) => result);
  const operands = operandsOf(stacked, elements, own, roles);
  const results = [...terms.carries, ...running, ...terms.elements].map(({ result }) => result);
  const outputs = [...results, ...operands.computed];
  const needs = whatStepNeeds(outputs, roles, own);
  const placeholders = needs.saved.map((value) => input(value));
  const images = new Map(needs.saved.map((value, i) => [value, at(placeholders, i)]));
  const carried = [...present(seeds.slice(0, attrs.carries)), ...sums];
  const walked = [...present(seeds.slice(attrs.carries)), ...placeholders, ...needs.givenElements];
  return {
    ...needs,
    carries: terms.carries,
    elements: terms.elements,
    running,
    stacked,
    forward: [...new Set([...needs.saved, ...operands.forward])],
    outputs,
    graph: {
      inputs: [...carried, ...walked, ...needs.givenConstants],
      outputs: substitute(outputs, images),
    },
  };
}

/** The float inputs of a step by what they are; only these have cotangents. */
interface Roles {
  readonly carries: readonly Node[];
  readonly elements: readonly Node[];
  readonly constants: readonly Node[];
  /** All inputs that are walked along or constant, whatever their dtype. */
  readonly allElements: readonly Node[];
  readonly allConstants: readonly Node[];
}

function rolesOf({ inputs }: Graph, { carries, sequences }: ScanAttrs): Roles {
  const floats = (nodes: readonly Node[]) => nodes.filter(({ dtype }) => isFloat(dtype));
  const allElements = inputs.slice(carries, carries + sequences);
  const allConstants = inputs.slice(carries + sequences);
  return {
    carries: floats(inputs.slice(0, carries)),
    elements: floats(allElements),
    constants: floats(allConstants),
    allElements,
    allConstants,
  };
}

/** A placeholder for the cotangent of each output that has one: always for a carry, which later steps may use. */
function seedOutputs(
  body: Graph,
  cotangents: readonly (Node | null)[],
  { carries }: ScanAttrs,
): (Node | null)[] {
  return body.outputs.map((output, i) =>
    isFloat(output.dtype) && (i < carries || cotangents[i]) ? input(output) : null,
  );
}

/** The cotangents of all float inputs, those of constants for one step alone. */
function cotangentTerms(
  body: Graph,
  { carries, elements, constants }: Roles,
  seeds: readonly (Node | null)[],
  differentiate: Differentiate,
): Record<'carries' | 'elements' | 'constants', Cotangent[]> {
  const seeded = body.outputs.filter((_, i) => seeds[i]);
  const sources = [...carries, ...constants, ...elements];
  const gradients = differentiate(seeded, present(seeds), sources);
  const pairs = sources.map((source, i) => ({ source, result: at(gradients, i) }));
  const [first, last] = [carries.length, carries.length + constants.length];
  return {
    carries: pairs.slice(0, first),
    constants: pairs.slice(first, last),
    elements: pairs.slice(last),
  };
}

/** Sums behind the scan where that can be, else running sums, with placeholders for the sums before the step. */
function splitSums(terms: readonly Cotangent[], { allConstants }: Roles) {
  const stacked: { source: Node; sum: StackedSum }[] = [];
  const running: Cotangent[] = [];
  const sums: Node[] = [];
  for (const { source, result } of terms) {
    const sum = stackedSum(result);
    // a stack of a constant would be copies of the same
    if (sum && !sum.operands.some((operand) => allConstants.includes(operand))) {
      stacked.push({ source, sum });
    } else {
      const before = input(source);
      sums.push(before);
      running.push({ source, result: add(before, result) });
    }
  }
  return { stacked, running, sums };
}

/** Operands of sums behind the scan: those the step must give beside `elements`, and those the forward scan must. */
function operandsOf(
  stacked: BackwardStep['stacked'],
  elements: readonly Node[],
  own: readonly Node[],
  { allElements }: Roles,
): { readonly computed: readonly Node[]; readonly forward: readonly Node[] } {
  const all = [...new Set(stacked.flatMap(({ sum }) => sum.operands))];
  const backward = dependentsOf(all, own);
  return {
    computed: all.filter((operand) => backward.has(operand) && !elements.includes(operand)),
    forward: all.filter((operand) => !backward.has(operand) && !allElements.includes(operand)),
  };
}

/** Forward values the step uses: inputs it can be given again, and inner values that must be saved. */
function whatStepNeeds(outputs: readonly Node[], roles: Roles, own: readonly Node[]) {
  const inputs = new Set([...roles.allElements, ...roles.allConstants]);
  const free = freeValues(outputs, own, (value) => inputs.has(value));
  const givenElements = roles.allElements.filter((element) => free.has(element));
  const givenConstants = roles.allConstants.filter((constant) => free.has(constant));
  const given = new Set([...givenElements, ...givenConstants]);
  return { givenElements, givenConstants, saved: [...free].filter((value) => !given.has(value)) };
}

function present<T>(items: readonly (T | null)[]): T[] {
  return items.filter((item) => item !== null);
}
