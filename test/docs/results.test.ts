import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readResults, withTable } from '../../scripts/lib/results-table.mjs';
import { barValue } from '../../src/zoo/card.ts';
import { systems } from '../../src/zoo/index.ts';

const results = readResults();

describe('the results', () => {
  it('stand in the README as they were measured', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    expect(withTable(readme, results)).toBe(readme);
  });

  it('were held against the bars of today', () => {
    for (const { system, metric, bar } of results) {
      const card = systems.find(({ id }) => id === system);
      expect(card?.status, system).toBe('works');
      expect(card?.bar.metric, system).toBe(metric);
      expect(card && barValue(card.bar), system).toBe(bar);
    }
  });
});
