import { cores, environment } from '#platform';
import { getBackend } from '../../tensor/engine.ts';
import { bytes } from '../terminal/format.ts';
import type { RunConfig } from './run-config.ts';

/** The settings of a run as a person reads them. */
export function settingFacts(config: RunConfig): Readonly<Record<string, string>> {
  const { system, seed, epochs, batchSize, validationSplit } = config;
  return {
    system,
    seed: `${seed}`,
    epochs: `${epochs}`,
    'batch size': `${batchSize}`,
    'held out for validation': `${(100 * validationSplit).toFixed(1)} % of the training images`,
    command: `antler train ${system} --epochs ${epochs} --batch-size ${batchSize} --seed ${seed}`,
  };
}

/** What the run ran on, as a person reads it. */
export function machineFacts({ threads }: Pick<RunConfig, 'threads'>): Readonly<Record<string, string>> {
  const { version, platform, architecture, cpu, memoryBytes } = environment();
  return {
    Node: version,
    system: `${platform} ${architecture}`,
    ...(cpu !== undefined && { processor: cpu }),
    threads: `${threads ?? cores()}`,
    ...(memoryBytes !== undefined && { memory: bytes(memoryBytes) }),
    backend: getBackend(),
  };
}
