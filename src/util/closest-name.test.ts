import { describe, expect, it } from 'vitest';
import { closestName, suggestName } from './closest-name.ts';

const NAMES = ['lenet5', 'lenet5-1998', 'alexnet', 'resnet', 'rbm'];

describe('closestName', () => {
  it.each([
    ['lenet', 'lenet5'],
    ['lenet-5', 'lenet5'],
    ['LeNet5', 'lenet5'],
    ['lent5', 'lenet5'],
    ['elnet5', 'lenet5'],
    ['resnt', 'resnet'],
    ['al', 'alexnet'],
    ['rmb', 'rbm'],
    ['perceptron', undefined],
    ['', undefined],
  ])('%j is %j', (word, name) => {
    expect(closestName(word, NAMES)).toBe(name);
  });

  it('lists everything when nothing is near', () => {
    expect(suggestName('vgg', ['rbm', 'dbn'])).toBe('choose from rbm, dbn');
    expect(suggestName('rbn', ['rbm'])).toBe("did you mean 'rbm'?");
  });
});
