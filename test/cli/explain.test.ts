import { describe, expect, it } from 'vitest';
import type { Explanation } from '../../src/compiler/explain/explanation.ts';
import { antler, lastLine } from './run-cli.ts';

describe('antler explain', () => {
  it('shows the kernels of a training step with work and time', async () => {
    const { code, stdout, stderr } = await antler([
      'explain',
      'lenet5',
      '--batch-size',
      '16',
      '--seconds',
      '1',
    ]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^lenet5, train, a batch of 16$/m);
    expect(stdout).toMatch(/^ *\d+ {2}conv +tuned +lenet5\/c1 +float32\[16, 28, 28, 6\] +3.76 MFLOP/m);
    expect(stdout).toMatch(/^ *\d+ {2}convKernelGradient +tuned +lenet5\/c3 /m);
    expect(stdout).not.toContain('(module');
  });

  it('shows less and more, of the forward pass too', async () => {
    const common = ['explain', 'lenet5', '--what', 'predict', '--seconds', '1', '--threads', '1'];
    const brief = await antler([...common, '--level', 'summary']);
    expect(brief.stdout).toMatch(/^time .* on one thread: .* GFLOP\/s \(fastest run .*\)$/m);
    expect(brief.stdout).not.toContain('phase 1');
    const full = await antler([...common, '--level', 'code']);
    expect(full.stdout).toContain('(export "run" (func $run))');
    expect(full.stdout).toMatch(/^for i0 < /m);
  });

  it('gives programs everything as JSON', async () => {
    const run = await antler(['explain', 'lenet5', '--seconds', '1', '--json']);
    const { system, what, batchSize, kernels, memory, timing } = lastLine(run) as Explanation & {
      system: string;
      what: string;
      batchSize: number;
    };
    expect({ system, what, batchSize }).toEqual({ system: 'lenet5', what: 'train', batchSize: 128 });
    expect(kernels.every(({ seconds }) => seconds !== null)).toBe(true);
    expect(memory.ratio).toBeLessThanOrEqual(1.2);
    expect(timing?.runs).toBeGreaterThanOrEqual(5);
  });

  it.each([
    [['lenet-5'], "expected the name of a system, got 'lenet-5'; did you mean 'lenet5'?"],
    [['alexnet'], 'got AlexNet, which is not there yet; see antler list'],
    [['lenet5', '--level', 'kernel'], "--level: expected a level, got 'kernel'; did you mean 'kernels'?"],
    [['lenet5', '--what', 'trian'], "--what: expected a program, got 'trian'; did you mean 'train'?"],
  ])('%j is a mistake', async (words, message) => {
    const { code, stdout, stderr } = await antler(['explain', ...words]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
