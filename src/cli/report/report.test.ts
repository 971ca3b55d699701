import { describe, expect, it } from 'vitest';
import { evaluatePredictions } from '../run/evaluation.ts';
import { writeReport } from './report.ts';
import type { ReportData } from './report-data.ts';

const HISTORY = [0.31, 0.09, 0.04].map((loss, index) => ({
  epoch: index + 1,
  loss,
  accuracy: 1 - loss / 3,
  validationLoss: 0.1 - 0.02 * index,
  validationAccuracy: 0.97 + 0.005 * index,
  seconds: 2,
  samplesPerSecond: 20_000,
  residentBytes: 3e8,
}));

const DATA: ReportData = {
  system: {
    id: 'lenet5',
    year: 1998,
    title: 'LeNet-5',
    published: { metric: 'testError', value: 0.0095, where: 'section III' },
    bar: { metric: 'testAccuracy', atLeast: 0.7 },
  },
  classes: ['zero', 'one <b>'],
  history: HISTORY,
  evaluation: evaluatePredictions({
    probabilities: [0.9, 0.1, 0.2, 0.8, 0.3, 0.7, 0.4, 0.6],
    labels: [0, 1, 1, 0],
    images: Uint8Array.from({ length: 16 }, (_, i) => 16 * i),
    imageShape: [2, 2, 1],
    classes: 2,
  }),
  settings: { seed: '1' },
  machine: { Node: '20.20.2' },
  parameters: 61_706,
  weightsSha256: 'ab'.repeat(32),
  seconds: 13.2,
  startedAt: new Date('2026-08-01T12:00:00Z'),
};

describe('the report', () => {
  const page = writeReport(DATA);

  it('shows published figure, bar and measured value in one metric', () => {
    expect(page).toContain('<dd>99.05 %<small>section III</small></dd>');
    expect(page).toContain('<dd>70.00 %<small>at least, test accuracy</small></dd>');
    expect(page).toContain('<dd>75.00 %<small class="passed">✓ reaches the bar</small></dd>');
  });

  it('draws a curve for training and one for validation, twice', () => {
    expect(page.match(/<path class="line/g)).toHaveLength(4);
    expect(page).toContain('Accuracy: training from 89.67 % to 98.67 %, validation from 97 % to 98 %');
  });

  it('shows the mistakes as pictures', () => {
    expect(page.match(/src="data:image\/png;base64,/g)).toHaveLength(1);
    expect(page).toContain('One image is read wrongly: zero read as one &lt;b&gt;.');
  });

  it('escapes what comes from outside', () => {
    expect(page).toContain('one &lt;b&gt;');
    expect(page).not.toContain('one <b>');
  });

  it('needs nothing but itself', () => {
    expect(page.replaceAll('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(
      /https?:|<script|<link|@import|url\(/,
    );
  });

  it('says the weights by their hash', () => {
    expect(page).toContain('ab'.repeat(32));
  });

  it('can do without curves, mistakes and a published figure', () => {
    const { published, ...system } = DATA.system;
    const perfect = {
      ...DATA.evaluation,
      mistakes: [],
      confusion: [
        [2, 0],
        [0, 2],
      ],
      accuracy: 1,
    };
    const short = writeReport({ ...DATA, system, history: [], evaluation: perfect });
    expect(published && short).toContain('Nothing: every test image is read rightly.');
    expect(short).not.toContain('<svg');
    expect(short).not.toContain('<dt>published</dt>');
  });
});
