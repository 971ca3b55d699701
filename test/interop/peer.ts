import { execFile } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { loadNpz, type Tensor } from 'antler';
import { expect } from 'vitest';

const execute = promisify(execFile);
const HERE = fileURLToPath(new URL('peer', import.meta.url));

/** How far predictions may be apart, in parts of the value and as such. */
const TOLERANCE = 1e-5;

/** What a peer says of each file that it has opened. */
export type Report = Readonly<
  Record<string, { readonly error: string | null; readonly optimizer: number | null }>
>;

/** A new folder for files of both sides. */
export function exchangeFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'antler-interop-'));
}

/** Lets Keras make models, or open them, in a folder. */
export async function runKeras(task: 'make' | 'check', folder: string): Promise<void> {
  const { ANTLER_INTEROP_PYTHON: python } = process.env;
  if (!python) throw new Error('run npm run test:interop, which installs Keras');
  await execute(python, ['peer.py', task, folder], {
    cwd: HERE,
    env: { ...process.env, KERAS_BACKEND: 'jax', JAX_PLATFORMS: 'cpu' },
  });
}

/** Lets TensorFlow.js make models, or open them, in a folder. */
export async function runTfjs(task: 'make' | 'check', folder: string): Promise<void> {
  await execute(process.execPath, ['tfjs.mjs', task, folder], { cwd: HERE });
}

export async function readReport(folder: string): Promise<Report> {
  return JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')) as Report;
}

/** Arrays `0`, `1`, ... of an archive. */
export async function listed(path: string): Promise<Tensor[]> {
  const arrays = await loadNpz(path);
  return Object.keys(arrays)
    .sort((a, b) => Number(a) - Number(b))
    .map((key) => arrays[key] as Tensor);
}

/** Outputs as a list. */
export function listOf(outputs: unknown): Tensor[] {
  return [outputs].flat() as Tensor[];
}

/** Compares outputs element by element. */
export async function expectSame(got: readonly Tensor[], expected: readonly Tensor[]): Promise<void> {
  expect(got.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
  for (const [i, tensor] of got.entries()) {
    const [a, b] = [await tensor.data(), await (expected[i] as Tensor).data()];
    const distances = Array.from(a, (value: number, j) => {
      const wanted = b[j] as number;
      return Math.abs(value - wanted) / Math.max(1, Math.abs(wanted));
    });
    expect(Math.max(...distances)).toBeLessThan(TOLERANCE);
  }
}
