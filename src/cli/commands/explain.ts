import { z } from 'zod';
import type { Explanation } from '../../compiler/explain/explanation.ts';
import {
  EXPLANATION_LEVELS,
  type ExplanationLevel,
  formatExplanation,
} from '../../compiler/explain/text/format.ts';
import type { Sequential } from '../../models/sequential.ts';
import { setBackend } from '../../tensor/engine.ts';
import { type ExplainOptions, explain as explainFunction } from '../../tensor/explain/explain.ts';
import { fromHost, type Tensor } from '../../tensor/tensor.ts';
import { invariant } from '../../util/errors.ts';
import { sizeOf } from '../../util/shapes.ts';
import { lookUp } from '../../util/suggest.ts';
import { findTrainedSystem } from '../../zoo/index.ts';
import { bareStep } from '../bench/training.ts';
import { defineCommand, EXIT } from '../command.ts';
import { count, text } from '../fields.ts';

/** A program of a model, explained for a batch. */
type Explain = (model: Sequential, batch: number, options: ExplainOptions) => Promise<Explanation>;

const PROGRAMS: Readonly<Record<string, Explain>> = {
  train: (model, batch, options) => {
    const step = (x: Tensor, y: Tensor) => bareStep(model, x, y)();
    return explainFunction(step, [images(model, batch), labels(model, batch)], options);
  },
  predict: (model, batch, options) => explainFunction(model.predictProgram, [images(model, batch)], options),
};

const LEVELS = Object.fromEntries(EXPLANATION_LEVELS.map((level) => [level, level]));

export const explain = defineCommand({
  name: 'explain',
  summary: 'Show what the compiler makes of a system: kernels with work and time, memory, graph, code',
  arguments: z.object({ system: text('SYSTEM', 'name of a system, see antler list') }),
  options: z.object({
    level: text(
      'LEVEL',
      `${EXPLANATION_LEVELS.join(', ')}: each shows all before it (default: kernels)`,
    ).optional(),
    what: text('PROGRAM', `${Object.keys(PROGRAMS).join(' or ')} (default: train)`).optional(),
    batchSize: count('images in the batch (default: as in training)').optional(),
    threads: count('threads (default: all cores)').optional(),
    seconds: count('seconds to measure for (default 2)').optional(),
  }),
  examples: ['antler explain lenet5', 'antler explain lenet5 --what predict --level code'],
  async action({ system: id, level: levelName = 'kernels', what = 'train', ...options }, { out, host }) {
    const { experiment } = findTrainedSystem(id);
    const level: ExplanationLevel = lookUp(LEVELS, levelName, { where: '--level', kind: 'a level' });
    const program = lookUp(PROGRAMS, what, { where: '--what', kind: 'a program' });
    const { batchSize = experiment.settings.batchSize, threads, seconds = 2 } = options;
    setBackend('wasm', threads === undefined ? {} : { threads });
    const model = experiment.model({ seed: 1, settings: experiment.settings, trainCount: batchSize });
    out.live(`measuring for ${seconds} s ...`);
    const explanation = await program(model, batchSize, {
      clock: () => host.elapsed(),
      seconds,
      code: level === 'code',
    });
    out.line(`${id}, ${what}, a batch of ${batchSize}`);
    for (const line of formatExplanation(explanation, level).split('\n')) out.line(line);
    out.result({ system: id, what, batchSize, ...explanation });
    return EXIT.done;
  },
});

/** Pixels that differ: what they show takes no part in how long it takes. */
function images(model: Sequential, batch: number) {
  const [, ...image] = model.requireBuiltShape('explain');
  const shape = [batch, ...image.map((extent) => extent ?? 1)];
  const pixels = Uint8Array.from({ length: sizeOf(shape) }, (_, i) => (i * 7919) % 256);
  return fromHost(pixels, shape, 'uint8');
}

function labels(model: Sequential, batch: number) {
  const classes = model.outputShape.at(-1);
  invariant(classes, 'a network that tells classes apart');
  return fromHost(
    Int32Array.from({ length: batch }, (_, i) => i % classes),
    [batch],
    'int32',
  );
}
