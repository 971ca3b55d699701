import { describe, expect, it } from 'vitest';
import { bytes, duration, grouped, metricValue, percent, words } from './format.ts';

describe('numbers for people', () => {
  it('writes fractions as percent', () => {
    expect(percent(0.98765)).toBe('98.77 %');
    expect(metricValue('testError', 0.0095)).toBe('0.95 %');
    expect(metricValue('squaredErrorPerDigit', 4)).toBe('4');
    expect(metricValue('logLikelihood', -148)).toBe('-148');
  });

  it('groups thousands', () => {
    expect(grouped(61_706)).toBe('61,706');
  });

  it('writes durations in the unit one thinks in', () => {
    expect([8.24, 59.94, 60, 125.4, 3600, 3725].map(duration)).toEqual([
      '8.2 s',
      '59.9 s',
      '1 min 00 s',
      '2 min 05 s',
      '1 h 00 min',
      '1 h 02 min',
    ]);
  });

  it('writes bytes', () => {
    expect([400e6, 16.7e9].map(bytes)).toEqual(['400 MB', '16.7 GB']);
  });

  it('writes names of metrics as words', () => {
    expect(words('testAccuracy')).toBe('test accuracy');
  });
});
