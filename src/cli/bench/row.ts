import { at } from '../../util/errors.ts';
import { median } from '../../util/median.ts';
import { pairedRatio } from './statistics.ts';
import type { Unit } from './suite.ts';

/** Smallest and largest round. */
export type Spread = readonly [minimum: number, maximum: number];

/** One comparison, as `--json` prints it. */
export interface Row {
  readonly suite: string;
  readonly name: string;
  readonly threads: number;
  /** Version of the Node that ran Antler. */
  readonly node: string;
  /** Antler's median over the rounds. */
  readonly value: number;
  readonly unit: string;
  readonly spread: Spread;
  readonly rounds: number;
  /** Null where Antler is compared with nobody. */
  readonly peer: string | null;
  readonly peerValue: number | null;
  readonly peerSpread: Spread | null;
  readonly peerRounds: number;
  /** How many times as fast as the peer, median over the rounds; more is better in every unit. */
  readonly ratio: number | null;
  /** What must be reached: by `ratio` where there is a peer, else by `value`. */
  readonly bar: number | null;
  /** Null where nothing is asked, or where the peer has no figure that can be trusted. */
  readonly passed: boolean | null;
  /** Why there is no figure of the peer, or why it should not be trusted. */
  readonly note: string | null;
}

/** Seconds per iteration of one side, a value a round. */
type Rounds = readonly number[];

/** What the rows of one measurement share. */
export interface RowHead {
  readonly suite: string;
  readonly name: string;
  readonly threads: number;
  readonly node: string;
  readonly unit: Unit;
}

/** A row for Antler's own figure. */
export function ownRow(head: RowHead, own: Rounds, bar: number | null): Row {
  const row = withoutPeer(head, own);
  if (bar === null) return row;
  return { ...row, bar, passed: head.unit.better === 'higher' ? row.value >= bar : row.value <= bar };
}

/** What is known of the other side. */
export interface PeerResult {
  readonly title: string;
  /** Undefined where it could not be measured; the note says why. */
  readonly rounds: Rounds | undefined;
  readonly note: string | null;
}

/** A row for Antler beside a peer. */
export function peerRow(head: RowHead, own: Rounds, peer: PeerResult, bar: number | null): Row {
  const row = { ...withoutPeer(head, own), peer: peer.title, bar, note: peer.note };
  if (!peer.rounds) return row;
  const { value: peerValue, spread: peerSpread } = figure(peer.rounds, head.unit);
  const ratio = pairedRatio(peer.rounds, own);
  const passed = bar === null || peer.note !== null ? null : ratio >= bar;
  return { ...row, peerValue, peerSpread, peerRounds: peer.rounds.length, ratio, passed };
}

function withoutPeer({ unit, ...head }: RowHead, own: Rounds): Row {
  return {
    ...head,
    ...figure(own, unit),
    unit: unit.name,
    rounds: own.length,
    peer: null,
    peerValue: null,
    peerSpread: null,
    peerRounds: 0,
    ratio: null,
    bar: null,
    passed: null,
    note: null,
  };
}

function figure(rounds: Rounds, unit: Unit): { readonly value: number; readonly spread: Spread } {
  const values = rounds.map((seconds) => unit.of(seconds)).sort((a, b) => a - b);
  return { value: median(values), spread: [at(values, 0), at(values, -1)] };
}
