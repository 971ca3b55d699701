import type { Parameters } from './protocol.ts';

/** Does some work so many times. @returns the seconds it took */
export type Round = (iterations: number) => Promise<number>;

/** Prepares work of Antler: data, weights, compiled programs. The backend is set up already. */
export type OpenCase = (parameters: Parameters) => Promise<Round>;

/** What a time per iteration is told as. */
export interface Unit {
  readonly name: string;
  readonly better: 'higher' | 'lower';
  /** The figure for one iteration of so many seconds. */
  of(seconds: number): number;
}

/** Names of the programs that can be measured; `programs.ts` says what they are. */
export type ProgramName =
  | 'antler'
  | 'pytorch'
  | 'openblas'
  | 'jax-js'
  | 'tfjs-cpu'
  | 'tfjs-wasm'
  | 'onnxruntime';

/** Who does the same work beside Antler. */
export interface Peer {
  readonly program: ProgramName;
  /** The kind of work, where it is not Antler's own. */
  readonly case?: string;
  /** How the row calls it. Default: the program's title. */
  readonly title?: string;
  /** How many times as fast as the peer Antler must be, on the largest number of threads. */
  readonly bar?: number;
}

/** One figure: some work, done by Antler and by its peers in turns. */
export interface Measurement {
  readonly name: string;
  readonly case: string;
  readonly parameters?: Parameters;
  /** Each gives rows of its own. */
  readonly threads: readonly number[];
  readonly unit: Unit;
  readonly peers: readonly Peer[];
  /** What Antler's own figure must reach, in the unit, on the largest number of threads. */
  readonly bar?: number;
}

/** Measurements that belong together, and Antler's way to do their work. */
export interface Suite {
  readonly name: string;
  /** One line: what is measured. */
  readonly summary: string;
  readonly measurements: readonly Measurement[];
  readonly cases: Readonly<Record<string, OpenCase>>;
}

/** So many things a second. @param amount things of one iteration */
export function perSecond(things: string, amount: number): Unit {
  return { name: `${things}/s`, better: 'higher', of: (seconds) => amount / seconds };
}

/** The time of an iteration. */
export function duration(unit: 'µs' | 'ms'): Unit {
  const scale = { µs: 1e6, ms: 1e3 }[unit];
  return { name: unit, better: 'lower', of: (seconds) => seconds * scale };
}

/** 10^9 floating point operations a second. @param operations of one iteration; a multiply-add is two */
export function gigaflops(operations: number): Unit {
  return perSecond('GFLOP', operations / 1e9);
}
