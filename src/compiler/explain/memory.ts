import { at } from '../../util/errors.ts';
import type { Plan } from '../compile.ts';
import { byteSize, type PlacedValue } from '../memory/places.ts';
import { busiestBytes } from '../memory/plan.ts';
import { collectUses } from '../memory/uses.ts';
import type { Buffer } from '../schedule/kernel.ts';
import type { ExplainedMemory, ExplainedPlace } from './explanation.ts';
import type { NodeNumbers } from './graph.ts';

/** The memory plan as data. */
export function explainMemory(plan: Plan, numbers: NodeNumbers): ExplainedMemory {
  const { inputs, outputs, places } = plan;
  const { shared, locals, sharedBytes, localBytes, inPlace } = places;
  const arenaBytes = sharedBytes + localBytes;
  const lowerBoundBytes =
    busiestBytes(shared.values) + Math.max(0, ...locals.map(({ values }) => busiestBytes(values)));
  const inArena = (value: PlacedValue, region?: number): ExplainedPlace => {
    const { name, kind, offset, bytes, from, to } = value;
    const place = { value: numbers.rename(name), kind, offset, bytes, from, to };
    return region === undefined ? place : { ...place, region };
  };
  return {
    arenaBytes,
    lowerBoundBytes,
    ratio: lowerBoundBytes === 0 ? 1 : arenaBytes / lowerBoundBytes,
    sharedBytes,
    localBytes,
    inputBytes: totalBytes(inputs),
    outputBytes: totalBytes(outputs.filter((_, i) => inPlace[i] === undefined)),
    places: [
      ...explainExternals(plan, numbers),
      ...shared.values.map((value) => inArena(value)),
      ...locals.flatMap(({ values }, region) => values.map((value) => inArena(value, region))),
    ],
  };
}

function totalBytes(buffers: readonly Buffer[]): number {
  return buffers.reduce((sum, buffer) => sum + byteSize(buffer), 0);
}

/** Inputs and outputs, which belong to the tensors outside. */
function explainExternals({ inputs, outputs, places, phases }: Plan, numbers: NodeNumbers): ExplainedPlace[] {
  const uses = collectUses(phases);
  const explain = (kind: 'input' | 'output', buffer: Buffer): ExplainedPlace => ({
    value: numbers.rename(buffer.name),
    kind,
    offset: null,
    bytes: byteSize(buffer),
    from: uses.get(buffer)?.first ?? 0,
    to: uses.get(buffer)?.last ?? 0,
  });
  return [
    ...inputs.map((buffer) => explain('input', buffer)),
    ...outputs.map((buffer, i) => {
      const donor = places.inPlace[i];
      const place = explain('output', buffer);
      return donor === undefined ? place : { ...place, inPlaceOf: numbers.rename(at(inputs, donor).name) };
    }),
  ];
}
