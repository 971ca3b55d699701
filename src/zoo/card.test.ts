import { describe, expect, it } from 'vitest';
import { barValue, passesBar, publishedFigure, type SystemCard } from './card.ts';

const card: SystemCard = {
  id: 'lenet5',
  year: 1998,
  title: 'LeNet-5',
  published: { metric: 'testError', value: 0.0095, where: 'section III' },
  bar: { metric: 'testAccuracy', atLeast: 0.99 },
};

describe('a bar', () => {
  it('is reached from above or from below, ends included', () => {
    expect([0.989, 0.99, 1].map((value) => passesBar(card.bar, value))).toEqual([false, true, true]);
    const error = { metric: 'testError', atMost: 0.01 };
    expect([0.009, 0.01, 0.011].map((value) => passesBar(error, value))).toEqual([true, true, false]);
    expect(barValue(error)).toBe(0.01);
  });

  it('is never reached by NaN', () => {
    expect(passesBar(card.bar, Number.NaN)).toBe(false);
    expect(passesBar({ metric: 'testError', atMost: 1 }, Number.NaN)).toBe(false);
  });
});

describe('publishedFigure', () => {
  it('turns an error into an accuracy', () => {
    expect(publishedFigure(card)).toBe(0.9905);
  });

  it('leaves a figure of the same metric as it is', () => {
    expect(publishedFigure({ ...card, bar: { metric: 'testError', atMost: 0.01 } })).toBe(0.0095);
  });

  it('compares nothing that cannot be compared', () => {
    expect(publishedFigure({ ...card, bar: { metric: 'modesFound', atLeast: 8 } })).toBeUndefined();
    const { published, ...unpublished } = card;
    expect(published && publishedFigure(unpublished)).toBeUndefined();
  });
});
