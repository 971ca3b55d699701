import { describe, expect, it } from 'vitest';
import { tensor } from '../ops/create.ts';
import * as metrics from './index.ts';
import { type MetricLike, type MetricName, resolveMetric } from './resolve.ts';

const CONTEXT = { labels: 'classes', outputs: 10, where: 'lenet5.compile' } as const;
const inCompile = (metric: string | MetricLike) => () => resolveMetric(metric as MetricLike, CONTEXT);

describe('metrics in compile', () => {
  it('ask back about an unknown name', () => {
    expect(inCompile('acuracy')).toThrow(
      "lenet5.compile: expected a metric, got 'acuracy'; did you mean 'accuracy'?",
    );
    expect(inCompile('rmse')).toThrow("got 'rmse'; did you mean 'rootMeanSquaredError'?");
    expect(inCompile('acc')).toThrow("got 'acc'; did you mean 'accuracy'?");
    expect(inCompile('sensitivity')).toThrow("did you mean 'sensitivityAtSpecificity'?");
  });

  it('ask for the options that a name alone does not give', () => {
    expect(inCompile('meanIoU')).toThrow(
      'meanIoU: expected the option numClasses, a whole number > 0, got none',
    );
    expect(inCompile('iou')).toThrow('iou: expected the option numClasses');
    expect(inCompile('oneHotIoU')).toThrow('oneHotIoU: expected the option numClasses');
    expect(inCompile('recallAtPrecision')).toThrow(
      'recallAtPrecision: expected the option precision, in [0, 1], got none',
    );
  });

  it('are one number', () => {
    expect(inCompile('f1Score')).toThrow(
      'lenet5.compile: expected metrics that are one number, got f1Score of shape [10]; ' +
        'choose how it is averaged, or update it with the predictions of predict',
    );
    expect(inCompile('confusionMatrix')).toThrow('got confusionMatrix of shape [10, 10]');
    expect(inCompile('accuracy')().name).toBe('accuracy');
    expect(inCompile('auc' satisfies MetricName)().variables).toHaveLength(4);
  });
});

describe('labels that do not fit a metric', () => {
  const scores = tensor([[0.2, 0.8]]);
  const classes = tensor([1], 'int32');

  it('are named, with what to do', () => {
    expect(() => metrics.precision().update(classes, scores)).toThrow(
      'precision: expected labels of the shape of the prediction, [1, 2], got [1]',
    );
    expect(() => metrics.sparseTopKCategoricalAccuracy().update(scores, scores)).toThrow(
      'sparseTopKCategoricalAccuracy: expected one class number an example, [1], got [1, 2]; one-hot labels go with ' +
        'the categorical losses and metrics; or make class numbers with argmax(labels, -1)',
    );
    expect(() => metrics.categoricalAccuracy().update(scores, scores, tensor([1, 2]))).toThrow(
      'categoricalAccuracy, weights: expected one weight a value, [1], got [2]',
    );
    expect(() => metrics.auc().update(scores, scores, tensor([1, 2]))).toThrow(
      'auc, sample weights: expected one weight an example, [1], got [2]',
    );
  });

  it('or predictions of another rank', () => {
    const line = tensor([0.5]);
    expect(() => metrics.f1Score().update(line, line)).toThrow(
      'f1Score: expected predictions [batch, classes], got [1]',
    );
    expect(() => metrics.r2Score().update(line, line)).toThrow(
      'r2Score: expected predictions [batch, outputs], got [1]',
    );
    expect(() => metrics.auc({ multiLabel: true }).update(line, line)).toThrow(
      'auc: expected predictions [batch, labels] for multiLabel, got [1]',
    );
    expect(() => metrics.recall({ classId: 0 }).update(line, line)).toThrow(
      'recall: expected predictions [batch, classes] for classId, got 0',
    );
    expect(() => metrics.recall({ classId: 2 }).update(scores, scores)).toThrow(
      'recall: expected a classId in 0 to 1, got 2',
    );
    expect(() => metrics.auc({ labelWeights: [1] }).update(scores, scores)).toThrow(
      'auc, labelWeights: expected a weight for each of 2 labels, got 1',
    );
  });
});

describe('options of metrics', () => {
  it.each<[() => unknown, string]>([
    [() => metrics.precision({ thresholds: 2 }), 'precision: expected thresholds in [0, 1], got 2'],
    [() => metrics.recall({ thresholds: [] }), 'recall: expected thresholds in [0, 1], got none'],
    [
      () => metrics.truePositives({ topK: 2 } as object),
      "truePositives: expected an option it knows, got 'topK'",
    ],
    [
      () => metrics.topKCategoricalAccuracy({ k: 0 }),
      'topKCategoricalAccuracy: expected a whole number k > 0, got 0',
    ],
    [
      () => metrics.auc({ numThresholds: 1 }),
      'auc: expected a whole number numThresholds, at least 2, got 1',
    ],
    [() => metrics.auc({ curve: 'ROK' as 'ROC' }), "auc: expected a curve, got 'ROK'; did you mean 'ROC'?"],
    [
      () => metrics.auc({ summationMethod: 'minor' as 'minoring' }),
      "auc: expected a summationMethod, got 'minor'; did you mean 'minoring'?",
    ],
    [() => metrics.auc({ numLabels: 3 }), 'auc: expected numLabels with multiLabel: true, got it alone'],
    [() => metrics.fBetaScore({ beta: 0 }), 'fBetaScore: expected beta above 0, got 0'],
    [() => metrics.f1Score({ threshold: 0 }), 'f1Score: expected threshold in (0, 1], got 0'],
    [() => metrics.f1Score({ average: 'mikro' as 'micro' }), "did you mean 'micro'?"],
    [() => metrics.r2Score({ numRegressors: -1 }), 'r2Score: expected numRegressors, at least 0, got -1'],
    [
      () => metrics.r2Score({ classAggregation: 'uniform' as 'uniformAverage' }),
      "did you mean 'uniformAverage'?",
    ],
    [
      () => metrics.precisionAtRecall({ recall: 1.5 }),
      'precisionAtRecall: expected recall in [0, 1], got 1.5',
    ],
    [
      () => metrics.iou({ numClasses: 2, targetClassIds: [2] }),
      'iou: expected targetClassIds, one or more of the classes 0 to 1, got 2',
    ],
    [
      () => metrics.binaryIoU({ targetClassIds: [] }),
      'binaryIoU: expected targetClassIds, one or more of the classes 0 to 1, got none',
    ],
    [
      () => metrics.mean({ nam: 'x' } as object),
      "mean: expected an option it knows, got 'nam'; did you mean 'name'?",
    ],
  ])('are checked: %s', (make, message) => {
    expect(make).toThrow(message);
  });
});
