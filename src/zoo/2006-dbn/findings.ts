import type { Finding, Findings } from '../study.ts';
import type { DbnMeasured } from './measured.ts';

const NEURAL_COMPUTATION = 'Neural Computation 18:1527-1554';

/** Every claim beside its bar and what was published. */
export function dbnFindings(measured: DbnMeasured): Pick<Findings, 'value' | 'findings'> {
  return {
    value: measured.pretrainedError,
    findings: [...errors(measured), ...fewLabels(measured), ...samples(measured)],
  };
}

const error = (name: string, value: number) => ({ name, metric: 'testError', value });

const published = (value: number) => ({ published: { value, where: NEURAL_COMPUTATION } });

function errors({ pretrainedError, randomError, upDownError, greedyError }: DbnMeasured): Finding[] {
  const gain = { metric: 'errorGain', atLeast: 0.002 } as const;
  return [
    {
      ...error('Pretrained, then fine-tuned to tell digits apart', pretrainedError),
      ...published(0.012),
      bar: { metric: 'testError', atMost: 0.0145 },
    },
    { ...error('The same network from random weights', randomError), ...published(0.016) },
    { name: 'Gain from pretraining', metric: gain.metric, value: randomError - pretrainedError, bar: gain },
    { ...error('Up-down, lowest free energy of ten labels', upDownError), ...published(0.0125) },
    error('Greedy learning alone, lowest free energy of ten labels', greedyError),
  ];
}

function fewLabels({ fewLabels: count, fewPretrainedError, fewRandomError }: DbnMeasured): Finding[] {
  return [
    {
      ...error(`${count} labels, pretrained without labels`, fewPretrainedError),
      bar: { metric: 'testError', atMost: 0.065 },
    },
    error(`${count} labels, random weights`, fewRandomError),
  ];
}

function samples({ readCorrectly, judgeError }: DbnMeasured): Finding[] {
  const bar = { metric: 'readCorrectly', atLeast: 0.85 } as const;
  return [
    {
      name: 'Drawn digits that a LeNet-5 reads as their label',
      metric: bar.metric,
      value: readCorrectly,
      bar,
    },
    error('That LeNet-5 on test digits', judgeError),
  ];
}
