import { describe, expect, it } from 'vitest';
import { plotRatios } from './plot.ts';
import { ownRow, peerRow } from './row.ts';
import { perSecond } from './suite.ts';

const machine = { cpu: 'A & B', cores: 2, memoryBytes: 1e9, system: 'linux x64', loadBefore: 0.1 };
const head = { suite: 's', name: 'work', threads: 2, node: '20.19.0', unit: perSecond('images', 100) };

describe('plotRatios', () => {
  it('has a bar for each ratio, to the right of 1 where Antler is faster', () => {
    const rows = [
      ownRow(head, [0.1], 1),
      peerRow(head, [0.1], { title: 'slower', rounds: [0.3], note: null }, null),
      peerRow(head, [0.1], { title: 'faster', rounds: [0.05], note: null }, null),
      peerRow(head, [0.1], { title: 'absent', rounds: undefined, note: 'not installed' }, null),
    ];
    const svg = plotRatios({ machine, versions: { antler: '0.1.0' }, rows });
    expect(svg.match(/<rect class="\w+"/g)).toEqual(['<rect class="faster"', '<rect class="slower"']);
    expect(svg).toContain('A &amp; B, 2 cores');
    expect(svg).toContain('work, 2 thr., Node 20, to slower');
    expect(svg).not.toContain('absent');
    const one = Number(/class="one" x1="(\d+)"/.exec(svg)?.[1]);
    const [fast, slow] = [...svg.matchAll(/<rect class="\w+" x="(\d+)" y="\d+" width="(\d+)"/g)].map(
      (found) => ({
        from: Number(found[1]),
        to: Number(found[1]) + Number(found[2]),
      }),
    );
    expect(fast?.from).toBe(one);
    expect(slow?.to).toBe(one);
  });
});
