import { createHash } from 'node:crypto';
import { arch, availableParallelism, cpus, totalmem } from 'node:os';
import type { Environment } from '../types.ts';

/** See `Platform.cores`. */
export function cores(): number {
  return availableParallelism();
}

/** See `Platform.environment`. */
export function environment(): Environment {
  return {
    runtime: 'node',
    version: process.versions.node,
    platform: process.platform,
    architecture: arch(),
    cpu: cpus()[0]?.model.trim(),
    cores: cores(),
    memoryBytes: totalmem(),
  };
}

/** See `Platform.sha256`. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  return createHash('sha256').update(bytes).digest('hex');
}
