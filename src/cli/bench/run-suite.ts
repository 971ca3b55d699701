import { AntlerResourceError, lookup } from '../../util/errors.ts';
import { type Contender, open, run, startContender } from './contender.ts';
import type { Absence, Places } from './programs.ts';
import { type Effort, measureInTurns } from './rounds.ts';
import { ownRow, peerRow, type Row, type RowHead } from './row.ts';
import { type Comparison, distinctSides, planComparisons, type Side, sideKey } from './sides.ts';
import type { Measurement, Suite } from './suite.ts';

export interface SuiteSettings {
  readonly effort: Effort;
  readonly places: Places;
  /** Each Node that Antler is measured on gives rows of its own. */
  readonly nodes: readonly string[];
  /** False leaves the peers out. */
  readonly withPeers: boolean;
  /** Hears what is measured now. */
  readonly onProgress: (text: string) => void;
}

export interface SuiteResult {
  readonly rows: readonly Row[];
  /** Versions of everything that ran. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Measures a suite, everything in turns with its peers. @throws AntlerResourceError if Antler itself fails */
export async function runSuite(suite: Suite, settings: SuiteSettings): Promise<SuiteResult> {
  const measuring = new Measuring(suite.name, settings);
  try {
    const rows: Row[] = [];
    for (const measurement of suite.measurements) {
      for (const threads of measurement.threads)
        rows.push(...(await measuring.measure(measurement, threads)));
    }
    return { rows, versions: measuring.versions() };
  } finally {
    await measuring.close();
  }
}

/** How a side did. */
interface SideResult {
  /** Seconds per iteration, a value a round; undefined where the note says why. */
  readonly rounds: readonly number[] | undefined;
  readonly note: string | null;
  /** The Node it ran on, where it is a program of Node. */
  readonly node: string;
}

/** A suite at work: its programs are started once for a kind of work and a number of threads. */
class Measuring {
  readonly #suite: string;
  readonly #settings: SuiteSettings;
  readonly #started = new Map<string, Contender | Absence>();

  constructor(suite: string, settings: SuiteSettings) {
    this.#suite = suite;
    this.#settings = settings;
  }

  async measure(measurement: Measurement, threads: number): Promise<Row[]> {
    const { nodes, withPeers, onProgress } = this.#settings;
    onProgress(`${measurement.name}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`);
    const comparisons = planComparisons(measurement, nodes, withPeers);
    const results = await this.#results(distinctSides(comparisons), measurement, threads);
    return comparisons.flatMap((comparison) => this.#rows(comparison, measurement, threads, results));
  }

  /** Versions of all programs that were started. */
  versions(): Record<string, string> {
    const found = [...this.#started.values()].map((contender) =>
      'missing' in contender ? {} : contender.introduction.versions,
    );
    return Object.assign({}, ...found.reverse());
  }

  async close(): Promise<void> {
    for (const contender of this.#started.values()) {
      if ('process' in contender) await contender.process.close();
    }
  }

  async #results(sides: readonly Side[], { parameters = {} }: Measurement, threads: number) {
    const results = new Map<string, SideResult>();
    const able: [Side, Contender][] = [];
    for (const side of sides) {
      const contender = await this.#contender(side, threads);
      const obstacle =
        'missing' in contender
          ? contender.missing
          : await open(contender, { do: 'open', case: side.case, parameters });
      if ('process' in contender && obstacle === undefined) able.push([side, contender]);
      results.set(sideKey(side), { rounds: undefined, note: obstacle ?? null, node: '' });
    }
    const runners = able.map(([{ program }, contender]) => ({
      run: (iterations: number) => run(contender, iterations),
      mayFail: program !== 'antler',
    }));
    const outcomes = await measureInTurns(runners, this.#settings.effort);
    able.forEach(([side, { introduction }], i) => {
      const { rounds, failure } = outcomes[i] ?? {};
      const note = failure ?? introduction.unfair ?? null;
      results.set(sideKey(side), { rounds, note, node: introduction.versions.node ?? '' });
    });
    return results;
  }

  async #contender(side: Side, threads: number): Promise<Contender | Absence> {
    const key = `${sideKey(side)} ${threads}`;
    const known = this.#started.get(key);
    if (known) return known;
    const places = { ...this.#settings.places, node: side.node };
    const contender = await startContender(side.program, threads, places);
    this.#started.set(key, contender);
    return contender;
  }

  #rows(
    { own, peers }: Comparison,
    { name, unit, bar, threads: counts }: Measurement,
    threads: number,
    results: ReadonlyMap<string, SideResult>,
  ): Row[] {
    const { rounds, note, node } = lookup(results, sideKey(own));
    if (!rounds) {
      throw new AntlerResourceError({
        where: name,
        expected: 'a measurement of Antler',
        got: note ?? 'none',
      });
    }
    const head: RowHead = { suite: this.#suite, name, threads, node, unit };
    const ifAsked = (wanted: number | null) => (threads === Math.max(...counts) ? wanted : null);
    const compared = peers.map((peer) => {
      const result = { title: peer.side.title, ...lookup(results, sideKey(peer.side)) };
      return peerRow(head, rounds, result, ifAsked(peer.bar));
    });
    const ownBar = ifAsked(bar ?? null);
    return ownBar !== null || compared.length === 0 ? [ownRow(head, rounds, ownBar), ...compared] : compared;
  }
}
