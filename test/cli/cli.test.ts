import { describe, expect, it } from 'vitest';
import { antler, lastLine } from './run-cli.ts';

describe('antler', () => {
  it('without a command shows its help', async () => {
    const { code, stdout, stderr } = await antler([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Usage: antler [options] [command]');
    for (const name of ['train', 'reproduce', 'evaluate', 'predict', 'list', 'doctor']) {
      expect(stdout).toMatch(new RegExp(`^ {2}${name} `, 'm'));
    }
  });

  it('explains the options of a command', async () => {
    const { code, stdout } = await antler(['train', '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/--batch-size <N> +images in one step/);
    expect(stdout).toMatch(/--json +print the result as JSON on the last line of stdout/);
    expect(stdout).toContain('antler train lenet5 --epochs 2 --out runs/short');
  });

  it('prints its version', async () => {
    expect((await antler(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('antler list', () => {
  it('shows every system with year, bar and state', async () => {
    const { code, stdout } = await antler(['list']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^1998 +lenet5 +LeNet-5 +test accuracy >= 99.00 % +99.05 % +works$/m);
    expect(stdout).toMatch(/^2012 +alexnet +AlexNet .* planned$/m);
  });

  it('gives programs one line of JSON', async () => {
    const run = await antler(['list', '--json']);
    expect(run.stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(lastLine(run)).toContainEqual({
      id: 'lenet5',
      year: 1998,
      title: 'LeNet-5',
      status: 'works',
      bar: 0.99,
      metric: 'testAccuracy',
      passes: 'atLeast',
      published: { metric: 'testError', value: 0.0095, where: 'Proc. IEEE 86, section III' },
    });
  });
});

describe('antler doctor', () => {
  it('says what the machine offers', async () => {
    const run = await antler(['doctor', '--json']);
    expect(run.code).toBe(0);
    const { healthy, checks } = lastLine(run) as {
      healthy: boolean;
      checks: { name: string; state: string }[];
    };
    expect(healthy).toBe(true);
    expect(checks.map(({ name }) => name)).toEqual([
      'Node',
      'SIMD',
      'relaxed SIMD',
      'threads',
      'memory',
      'GPU adapter',
      'data: MNIST',
    ]);
    expect(checks.find(({ name }) => name === 'data: MNIST')?.state).toBe('ok');
  });
});

describe('mistakes on the command line', () => {
  it.each([
    [['trian', 'lenet5'], "unknown command 'trian'; did you mean 'train'?"],
    [['train', 'lenet5', '--epoch', '2'], "unknown option '--epoch'; did you mean '--epochs'?"],
    [['train'], "missing required argument 'system'"],
    [['train', 'lenet5', '--epochs'], "option '--epochs <N>' argument missing"],
    [
      ['train', 'lenet5', '--epochs', '0'],
      "--epochs: expected a whole number of at least 1, got '0'; run antler train --help",
    ],
    [
      ['train', 'lenet5', '--seed', '1.5'],
      "--seed: expected a whole number in 0 to 4294967295, got '1.5'; run antler train --help",
    ],
    [['reproduce', 'lenet'], "systems: expected the name of a system, got 'lenet'; did you mean 'lenet5'?"],
    [
      ['reproduce', 'resnet'],
      'system resnet: expected a system that runs already, got Residual networks, which is not there yet; see antler list',
    ],
    [
      ['reproduce'],
      'antler reproduce: expected the name of a system, or --all, got neither; see antler list',
    ],
    [['reproduce', '--all', '--out', 'here'], '--all: expected no --out beside it, got here'],
    [
      ['train', 'perceptron'],
      'system perceptron: expected a system that is one network (lenet5), got Perceptron, an experiment of several parts; run antler reproduce perceptron',
    ],
    [
      ['tune', 'perceptron'],
      'system perceptron: expected a system with a search (lenet5, model-selection), got Perceptron; give tune() an objective of your own',
    ],
    [['list', 'more'], "too many arguments for 'list'. Expected 0 arguments but got 1."],
    [
      ['evaluate', '--run', 'no/such/run'],
      'no/such/run: expected the folder of a run, got one without config.json; antler train SYSTEM --out FOLDER makes one',
    ],
    [['evaluate'], '--run: expected a value, got none; run antler evaluate --help'],
  ])('%j', async (words, message) => {
    const run = await antler(words);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toBe(`antler: ${message}\n`);
  });

  it('show where they arose with --debug', async () => {
    const { code, stderr } = await antler(['train', 'lenet5', '--epochs', '0', '--debug']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/\n {4}at .*program\.js/);
  });
});
