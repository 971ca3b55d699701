import { mnist } from '../../data/mnist.ts';
import { at } from '../../util/errors.ts';
import { defineStudy, type Finding, type Findings, type Lab } from '../study.ts';
import { defineSystem } from '../system.ts';
import { CODES } from './codes.ts';
import { classify, errorOn, firstOf, type PassResult, type Settings, trainNetwork } from './experiment.ts';
import { drawCodes, drawCurve, drawMaps, drawMistakes } from './figures.ts';
import { countConnections } from './network.ts';

/** The paper's schedule: twenty passes, 1.2 million updates. */
const FULL: Settings = {
  passRates: [
    ...[5e-4, 5e-4],
    ...[2e-4, 2e-4, 2e-4],
    ...[1e-4, 1e-4, 1e-4],
    ...[5e-5, 5e-5, 5e-5, 5e-5],
    ...new Array<number>(8).fill(1e-5),
  ],
  trainCount: 60_000,
  testCount: 10_000,
  curveCount: 10_000,
};

const SHORT: Settings = { passRates: [5e-4, 1e-4], trainCount: 3000, testCount: 2000, curveCount: 1000 };

async function run(lab: Lab, settings: Settings): Promise<Findings> {
  const dataset = await mnist(lab.dataOptions);
  const { network, passes } = await trainNetwork(lab, dataset, settings);
  const test = firstOf(dataset.test, settings.testCount);
  const train = firstOf(dataset.train, settings.trainCount);
  const trainError = await lab.part('training images', () => errorOn(network, train));
  const classes = await lab.part('test images', () => classify(network, test));
  const { testError } = at(passes, -1);
  const connections = countConnections(network).reduce((sum, count) => sum + count, CODES.length);
  return {
    value: testError,
    data: dataset.source.location,
    findings: [
      ...sizeFindings(network.countParams(), connections),
      ...rateFindings(at(passes, 0)),
      {
        name: 'training images, at the end',
        metric: 'trainError',
        value: trainError,
        published: { value: 0.0035, where: 'section III.B' },
      },
    ],
    figures: [await drawMaps(network, test), drawMistakes(test, classes), drawCurve(passes), drawCodes()],
  };
}

function sizeFindings(parameters: number, connections: number): Finding[] {
  return [
    {
      name: 'trained weights',
      metric: 'parameters',
      value: parameters,
      bar: { metric: 'parameters', atMost: 60_000 },
      published: { value: 60_000, where: 'section II.B' },
    },
    {
      name: 'products and biases of one image',
      metric: 'connections',
      value: connections,
      bar: { metric: 'connections', atMost: 340_908 },
      published: { value: 340_908, where: 'section II.B' },
    },
  ];
}

/** The paper tells between which bounds the rates lay before its first pass. */
function rateFindings({ leastRate, greatestRate }: PassResult): Finding[] {
  const where = 'appendix C';
  const metric = 'learningRate';
  return [
    {
      name: 'smallest rate of a weight, first pass',
      metric,
      value: leastRate,
      published: { value: 7e-5, where },
    },
    {
      name: 'greatest rate of a weight, first pass',
      metric,
      value: greatestRate,
      published: { value: 0.016, where },
    },
  ];
}

/** LeNet-5 as published: subsampling, table, codes, loss and optimizer. LeCun, Bottou, Bengio, Haffner 1998. */
export const lenet5Of1998 = defineSystem({
  id: 'lenet5-1998',
  year: 1998,
  title: 'LeNet-5 as in the paper: RBF outputs, connection table, SDLM',
  published: { metric: 'testError', value: 0.0095, where: 'Proc. IEEE 86, section III' },
  bar: { metric: 'testError', atMost: 0.012 },
  study: defineStudy<Settings>({
    data: ['mnist'],
    budgetSeconds: 600,
    settings: FULL,
    short: { settings: SHORT, bar: { metric: 'testError', atMost: 0.09 } },
    run,
  }),
});
