import { PROGRAMS } from './programs.ts';
import type { Measurement, ProgramName } from './suite.ts';

/** One who takes turns in a measurement. */
export interface Side {
  readonly program: ProgramName;
  /** The Node of Antler, and of a peer that has no own. */
  readonly node: string;
  /** The kind of work. */
  readonly case: string;
  readonly title: string;
}

/** Antler on one Node, and whom it is compared with. */
export interface Comparison {
  readonly own: Side;
  readonly peers: readonly { readonly side: Side; readonly bar: number | null }[];
}

/** What is compared in a measurement. Peers run once, on the first Node, however many Antler is measured on. */
export function planComparisons(
  measurement: Measurement,
  nodes: readonly string[],
  withPeers: boolean,
): Comparison[] {
  const peers = withPeers ? measurement.peers : [];
  return nodes.map((node) => ({
    own: { program: 'antler', node, case: measurement.case, title: PROGRAMS.antler.title },
    peers: peers.map(
      ({ program, case: work = measurement.case, title = PROGRAMS[program].title, bar = null }) => ({
        side: { program, node: program === 'antler' ? node : (nodes[0] ?? node), case: work, title },
        bar,
      }),
    ),
  }));
}

/** The same for sides that need not be measured twice. */
export function sideKey(side: Side): string {
  return [side.program, side.node, side.case].join(' ');
}

/** Everyone in some comparisons, each once: Antler first. */
export function distinctSides(comparisons: readonly Comparison[]): Side[] {
  const sides = [
    ...comparisons.map(({ own }) => own),
    ...comparisons.flatMap(({ peers }) => peers.map(({ side }) => side)),
  ];
  return [...new Map(sides.map((side) => [sideKey(side), side])).values()];
}
