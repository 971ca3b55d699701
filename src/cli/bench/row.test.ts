import { describe, expect, it } from 'vitest';
import { ownRow, peerRow } from './row.ts';
import { rowTable } from './row-table.ts';
import { duration, perSecond } from './suite.ts';

const head = {
  suite: 'lenet',
  name: 'lenet train',
  threads: 2,
  node: '20.19.0',
  unit: perSecond('images', 100),
};

describe('ownRow', () => {
  it('has median and spread in the unit', () => {
    expect(ownRow(head, [0.1, 0.2, 0.05], 900)).toMatchObject({
      value: 1000,
      unit: 'images/s',
      spread: [500, 2000],
      rounds: 3,
      peer: null,
      ratio: null,
      bar: 900,
      passed: true,
    });
  });

  it('wants times below their bar', () => {
    const row = ownRow({ ...head, unit: duration('µs') }, [6e-6], 5);
    expect(row.value).toBeCloseTo(6);
    expect(row.passed).toBe(false);
  });

  it('asks nothing without a bar', () => {
    expect(ownRow(head, [0.1], null).passed).toBeNull();
  });
});

describe('peerRow', () => {
  it('says how many times as fast Antler is, for rates and times', () => {
    const peer = { title: 'PyTorch', rounds: [0.3, 0.3, 0.4], note: null };
    const expected = { peer: 'PyTorch', peerRounds: 3, bar: 4, passed: false };
    const row = peerRow(head, [0.1, 0.1, 0.1], peer, 4);
    expect(row).toMatchObject(expected);
    expect(row.ratio).toBeCloseTo(3);
    expect(
      peerRow({ ...head, unit: duration('ms') }, [0.1], { ...peer, rounds: [0.3] }, 3).ratio,
    ).toBeCloseTo(3);
  });

  it('passes no verdict beside a peer that is compared unfairly', () => {
    const peer = { title: 'PyTorch', rounds: [9], note: 'unfair' };
    expect(peerRow(head, [0.1], peer, 3)).toMatchObject({ bar: 3, passed: null, note: 'unfair' });
  });

  it('keeps the reason for a figure that is missing', () => {
    const peer = { title: 'PyTorch', rounds: undefined, note: 'not installed (python3-torch): apt-get ...' };
    expect(peerRow(head, [0.1], peer, 3)).toMatchObject({
      value: 1000,
      peerValue: null,
      ratio: null,
      bar: 3,
      passed: null,
      note: peer.note,
    });
  });
});

describe('rowTable', () => {
  it('shows figures with three digits, and verdicts', () => {
    const peer = { title: 'PyTorch', rounds: [0.3], note: 'unfair' };
    const [, own, compared] = rowTable([ownRow(head, [0.081], 900), peerRow(head, [0.1], peer, 4)]);
    expect(own?.split(/ {2,}/)).toEqual([
      'lenet train',
      '2',
      '20.19.0',
      '1,230 images/s',
      '1,230 – 1,230',
      '900 images/s reached',
    ]);
    expect(compared?.split(/ {2,}/)).toEqual([
      'lenet train',
      '2',
      '20.19.0',
      '1,000 images/s',
      '1,000 – 1,000',
      'PyTorch',
      '333 images/s',
      '333 – 333',
      '3×',
      '4×',
      'unfair',
    ]);
  });
});
