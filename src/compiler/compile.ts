import type { Graph } from '../graph/graph.ts';
import { type Externals, type Places, placeBuffers } from './memory/places.ts';
import { regionsOf } from './memory/uses.ts';
import { distinctOutputs } from './passes/distinct-outputs.ts';
import { inlineUnits } from './passes/inline-units.ts';
import { mergeScans } from './passes/merge-scans.ts';
import { plainInputs } from './passes/plain-inputs.ts';
import { simplify } from './passes/simplify.ts';
import { makePhases, type Phase } from './schedule/chunks/phases.ts';
import type { Expand } from './schedule/expansion.ts';
import { makeSteps } from './schedule/kernels.ts';

/** A program ready to be turned into code: what runs when, and where everything lies. */
export interface Plan extends Externals {
  /** What is computed, once simplified. */
  readonly graph: Graph;
  readonly phases: readonly Phase[];
  readonly places: Places;
  /** Whether any of it is worth a second thread. */
  readonly isDivided: boolean;
}

/** Simplifies a graph, cuts it into kernels, orders them in phases, and plans the memory. */
export function plan(given: Graph, donated: readonly (number | null)[], expand: Expand): Plan {
  const graph = distinctOutputs(mergeScans(simplify(inlineUnits(plainInputs(given)))));
  const { steps, inputs, outputs } = makeSteps(graph, expand);
  const phases = makePhases(steps);
  const externals = { inputs, outputs, donated };
  const isDivided = regionsOf(phases).some(({ chunks }) => chunks > 1);
  return { graph, ...externals, phases, places: placeBuffers(phases, externals), isDivided };
}
