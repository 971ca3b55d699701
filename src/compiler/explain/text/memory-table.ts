import { alignColumns } from '../../../util/text-table.ts';
import type { ExplainedPlace, Explanation } from '../explanation.ts';
import { scaled } from './figures.ts';

const HEAD = ['value', 'memory', 'offset', 'bytes', 'from', 'to', ''];

/** Who lies where and when. */
export function memoryLines({ memory, graph }: Explanation): string[] {
  const { places, arenaBytes, lowerBoundBytes, ratio } = memory;
  const names = new Map([...graph.outputs, ...graph.inputs].map(({ id, name }) => [`${id}`, name]));
  return [
    `scratch ${scaled(arenaBytes, 'B')}, alive at once at most ${scaled(lowerBoundBytes, 'B')}: ${ratio.toFixed(3)} x`,
    'from and to count phases; of local memory and workspaces, the kernels of their region',
    ...alignColumns(
      [HEAD, ...places.map((place) => cellsOf(place, names))],
      ['left', 'left', 'right', 'right', 'right', 'right', 'left'],
    ),
  ];
}

function cellsOf(place: ExplainedPlace, names: ReadonlyMap<string, string>): string[] {
  const { value, kind, offset, bytes, from, to, region, inPlaceOf } = place;
  const name = offset === null ? names.get(value.split('#')[1] ?? '') : undefined;
  const donor = inPlaceOf === undefined ? '' : `, in place of ${inPlaceOf}`;
  const note = region === undefined ? `${name ?? ''}${donor}` : `region ${region}`;
  const count = (x: number) => x.toLocaleString('en-US');
  return [value, kind, offset === null ? '' : count(offset), count(bytes), `${from}`, `${to}`, note];
}
