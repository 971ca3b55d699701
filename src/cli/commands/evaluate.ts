import { z } from 'zod';
import { setBackend } from '../../tensor/engine.ts';
import { defineCommand, EXIT } from '../command.ts';
import { count, text } from '../fields.ts';
import { evaluateModel } from '../run/evaluation.ts';
import { openRun } from '../run/open-run.ts';
import { withProgress } from '../terminal/download-progress.ts';
import { grouped, percent } from '../terminal/format.ts';

export const evaluate = defineCommand({
  name: 'evaluate',
  summary: 'Measure the weights of a run on the test set',
  arguments: z.object({}),
  options: z.object({
    run: text('FOLDER', 'run folder'),
    data: text('FOLDER', 'folder with the data (default: wherever it is found)').optional(),
    threads: count('threads (default: all cores)').optional(),
  }),
  examples: ['antler evaluate --run runs/short'],
  async action({ run, data: path, threads }, { out }) {
    setBackend('wasm', threads === undefined ? {} : { threads });
    const { system, model } = await openRun(run);
    const data = await withProgress(out, (onProgress) =>
      system.experiment.data({ onProgress, ...(path !== undefined && { path }) }),
    );
    const evaluation = await evaluateModel(model, data.test, data.classes.length);
    const { accuracy, loss, mistakes } = evaluation;
    out.line(`test accuracy ${out.style('bold', percent(accuracy))}, loss ${loss.toFixed(4)}`);
    out.line(`${grouped(mistakes.length)} of ${grouped(evaluation.count)} images read wrongly`);
    out.result({
      system: system.id,
      metric: 'testAccuracy',
      value: accuracy,
      loss,
      count: evaluation.count,
      data: data.source.location,
      run,
    });
    return EXIT.done;
  },
});
