import type { SystemCard } from './card.ts';

/**
 * The systems of the lecture whose experiments are still to be written: what was published and what a run will
 * have to reach. A system leaves this list for a folder of its own.
 */
export const PLANNED_SYSTEMS: readonly SystemCard[] = [
  {
    id: 'alexnet',
    year: 2012,
    title: 'AlexNet',
    published: { metric: 'top5Error', value: 0.17, where: 'ILSVRC-2010, table 1' },
    bar: { metric: 'testAccuracy', atLeast: 0.905 },
  },
  {
    id: 'words',
    year: 2013,
    title: 'Words and characters: word2vec and language models',
    bar: { metric: 'bitsPerCharacter', atMost: 1.8 },
  },
  {
    id: 'dqn',
    year: 2013,
    title: 'Deep Q-network',
    published: { metric: 'breakoutScore', value: 168, where: 'NIPS workshop 2013, table 1' },
    bar: { metric: 'cartPoleReturn', atLeast: 475 },
  },
  {
    id: 'gan',
    year: 2014,
    title: 'Generative adversarial networks',
    published: { metric: 'parzenLogLikelihood', value: 225, where: 'MNIST, table 1' },
    bar: { metric: 'modesFound', atLeast: 8 },
  },
  {
    id: 'googlenet',
    year: 2014,
    title: 'GoogLeNet',
    published: { metric: 'top5Error', value: 0.0667, where: 'ILSVRC-2014, seven networks' },
    bar: { metric: 'testAccuracy', atLeast: 0.905 },
  },
  {
    id: 'translation',
    year: 2014,
    title: 'Translation: sequence to sequence, attention, Transformer',
    published: { metric: 'bleu', value: 26.75, where: 'RNNsearch-50, ICLR 2015, table 1' },
    bar: { metric: 'exactMatch', atLeast: 0.99 },
  },
  {
    id: 'inception-v3',
    year: 2015,
    title: 'Inception-v3',
    published: { metric: 'top5Error', value: 0.035, where: 'ILSVRC-2012, ensemble' },
    bar: { metric: 'parameterCountDeviation', atMost: 0 },
  },
  {
    id: 'resnet',
    year: 2015,
    title: 'Residual networks',
    published: { metric: 'top5Error', value: 0.0357, where: 'ILSVRC-2015 test, ensemble' },
    bar: { metric: 'testAccuracy', atLeast: 0.92 },
  },
  {
    id: 'deepdream',
    year: 2015,
    title: 'Deep Dream',
    bar: { metric: 'classAgreement', atLeast: 0.8 },
  },
  {
    id: 'deepspeech2',
    year: 2015,
    title: 'Deep Speech 2',
    published: { metric: 'wordErrorRate', value: 0.036, where: "WSJ eval'92, ICML 2016" },
    bar: { metric: 'characterErrorRate', atMost: 0.03 },
  },
  {
    id: 'deepfool',
    year: 2015,
    title: 'DeepFool',
    published: { metric: 'robustness', value: 0.2, where: 'LeNet on MNIST, CVPR 2016, table 1' },
    bar: { metric: 'robustness', atMost: 0.25 },
  },
  {
    id: 'universal-perturbation',
    year: 2016,
    title: 'Universal adversarial perturbations',
    published: { metric: 'foolingRate', value: 0.933, where: 'CaffeNet on ImageNet, CVPR 2017, table 1' },
    bar: { metric: 'foolingRate', atLeast: 0.55 },
  },
  {
    id: 'road-detection',
    year: 2016,
    title: 'Detection on the road',
    published: { metric: 'framesPerSecond', value: 10.3, where: 'NVIDIA at CES 2016' },
    bar: { metric: 'meanAveragePrecision', atLeast: 0.8 },
  },
  {
    id: 'alphago-zero',
    year: 2017,
    title: 'AlphaGo Zero',
    published: { metric: 'gamesWon', value: 100, where: 'of 100 against AlphaGo Lee, Nature 550' },
    bar: { metric: 'gamesLost', atMost: 0 },
  },
];
