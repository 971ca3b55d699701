import { cores, environment } from '#platform';
import { mnist } from '../../data/mnist.ts';
import { engineFeatures } from '../../tensor/features.ts';
import { AntlerDataError, AntlerResourceError } from '../../util/errors.ts';
import { bytes } from '../terminal/format.ts';
import { describeGpu } from './gpu.ts';

/** One thing the doctor looked at. */
export interface Check {
  readonly name: string;
  /** `failed` means that Antler does not run; `missing` that it does without. */
  readonly state: 'ok' | 'missing' | 'failed';
  readonly found: string;
}

const OLDEST_NODE = [20, 19] as const;

/** Looks at everything Antler needs or would like to have. Nothing is downloaded or changed. */
export async function checkMachine(): Promise<readonly Check[]> {
  const { simd, relaxedSimd, threads } = engineFeatures();
  return [
    checkNode(),
    {
      name: 'SIMD',
      state: simd ? 'ok' : 'failed',
      found: simd ? '128-bit vectors' : 'no 128-bit vectors in this WebAssembly engine',
    },
    {
      name: 'relaxed SIMD',
      state: relaxedSimd ? 'ok' : 'missing',
      found: relaxedSimd ? 'multiply-add in one instruction' : 'none, multiplies and adds apart',
    },
    {
      name: 'threads',
      state: threads ? 'ok' : 'missing',
      found: threads ? `${cores()} on shared memory` : 'no shared memory, 1 thread',
    },
    { name: 'memory', state: 'ok', found: bytes(environment().memoryBytes ?? 0) },
    await checkGpu(),
    await checkMnist(),
  ];
}

function checkNode(): Check {
  const { version, platform, architecture, cpu } = environment();
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  const isNewEnough = major > oldestMajor || (major === oldestMajor && minor >= oldestMinor);
  const where = `${platform} ${architecture}${cpu ? `, ${cpu}` : ''}`;
  return {
    name: 'Node',
    state: isNewEnough ? 'ok' : 'failed',
    found: isNewEnough
      ? `${version} on ${where}`
      : `${version}; Antler needs ${OLDEST_NODE.join('.')} or newer`,
  };
}

async function checkGpu(): Promise<Check> {
  const { found, text } = await describeGpu();
  return { name: 'GPU adapter', state: found ? 'ok' : 'missing', found: text };
}

async function checkMnist(): Promise<Check> {
  const noDownload = async (where: string) => {
    throw new AntlerResourceError({ where, expected: 'data on this machine', got: 'a download' });
  };
  try {
    const { train, test, source } = await mnist({ fetch: noDownload });
    const found = `${train.count} + ${test.count} images in ${source.location}`;
    return { name: 'data: MNIST', state: 'ok', found };
  } catch (error) {
    if (!(error instanceof AntlerDataError)) throw error;
    // Files that are there and damaged stop every run; files that are not there are fetched by the first.
    const isAbsent = error.parts.where === 'dataset mnist';
    return isAbsent
      ? { name: 'data: MNIST', state: 'missing', found: 'not here; downloaded at the first run' }
      : { name: 'data: MNIST', state: 'failed', found: error.message };
  }
}
