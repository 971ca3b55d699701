import { describe, expect, it } from 'vitest';
import { setBackend } from '../../src/tensor/engine.ts';
import { passesBar } from '../../src/zoo/card.ts';
import { systems } from '../../src/zoo/index.ts';
import type { Lab } from '../../src/zoo/study.ts';
import type { StudiedSystem, System } from '../../src/zoo/system.ts';

const studied = systems.filter((system: System): system is StudiedSystem => 'study' in system);

/** A lab that keeps nothing. */
const lab: Lab = {
  seed: 1,
  signal: new AbortController().signal,
  dataOptions: {},
  part: (_name, work) => work(async () => {}),
};

describe('the short form of an experiment', () => {
  it('is there for every system that is not one training', () => {
    expect(studied.length).toBeGreaterThan(0);
  });

  it.each(studied.map((system) => [system.id, system] as const))(
    '%s reaches its bar and draws its pictures',
    async (_id, system) => {
      setBackend('wasm', { threads: 2 });
      const { value, findings, figures, data } = await system.study.run(lab, 'short');
      expect(Number.isFinite(value), 'a figure').toBe(true);
      expect(
        passesBar(system.study.shortBar, value),
        `${value} against ${JSON.stringify(system.study.shortBar)}`,
      ).toBe(true);
      expect(data).not.toBe('');
      for (const finding of findings) expect(finding.value, finding.name).not.toBeNaN();
      expect(figures.length).toBeGreaterThan(0);
      for (const { svg, title } of figures) {
        expect(svg.startsWith('<svg'), title).toBe(true);
        expect(svg, title).not.toMatch(/NaN|undefined/);
      }
    },
  );
});
