import type { Family } from '../mistake.ts';
import { classifier, ofClasses, ofTwoOutputs, QUIET, X } from '../programs.ts';

/** Labels that do not fit the loss or the examples. */
export const labels: Family = {
  name: 'labels',
  mistakes: [
    {
      mistake: 'one-hot vectors for a sparse loss',
      run: () =>
        ofClasses().fit(
          X,
          [
            [0, 1, 0],
            [1, 0, 0],
          ],
          QUIET,
        ),
      message:
        'net.fit, labels: expected one class number an example for sparseCategoricalCrossentropy of a prediction [batch, 3], got labels [batch, 3]; one-hot labels go with categoricalCrossentropy',
    },
    {
      mistake: 'class numbers for a categorical loss',
      run: () => classifier('categoricalCrossentropy').fit(X, [1, 0], QUIET),
      message:
        'net.fit, labels: expected a vector over the classes for each example for categoricalCrossentropy of a prediction [batch, 3], got labels [batch]; class numbers go with sparseCategoricalCrossentropy; or make vectors with oneHot(labels, classes)',
    },
    {
      mistake: 'classes counted from 1',
      run: () => ofClasses().fit([...X, [1, 1]], [1, 2, 3], QUIET),
      message:
        'net.fit, labels: expected class numbers 0 to 2 for sparseCategoricalCrossentropy, got 3 in row 2; number the classes from 0, or give the last layer 4 units',
    },
    {
      mistake: 'a class out of range in the validation data',
      run: () => ofClasses().fit(X, [0, 1], { validationData: [X, [0, 5]], ...QUIET }),
      message:
        'net.fit, validationData, labels: expected class numbers 0 to 2 for sparseCategoricalCrossentropy, got 5 in row 1; number the classes from 0, or give the last layer 6 units',
    },
    {
      mistake: 'a negative class',
      run: () => ofClasses().fit(X, [0, -1], QUIET),
      message:
        'net.fit, labels: expected class numbers 0 to 2 for sparseCategoricalCrossentropy, got -1 in row 1; number the classes from 0, and leave examples without a class out',
    },
    {
      mistake: 'a fraction for a class',
      run: () => ofClasses().fit(X, [0, 0.5], QUIET),
      message:
        'net.fit, labels: expected class numbers 0 to 2 for sparseCategoricalCrossentropy, got 0.5 in row 1; round the labels; or use meanSquaredError, if they are values',
    },
    {
      mistake: 'NaN for a class',
      run: () => ofClasses().evaluate(X, [0, Number.NaN]),
      message:
        'net.evaluate, labels: expected class numbers 0 to 2 for sparseCategoricalCrossentropy, got NaN in row 1; remove or replace what is not known',
    },
    {
      mistake: 'names for classes',
      run: () => ofClasses().fit(X, ['cat', 'dog'] as never, QUIET),
      message:
        'net.fit, labels: expected tensors, numbers, booleans, or arrays of numbers or booleans, got string; give numbers, for instance names.indexOf(name) for each name',
    },
    {
      mistake: 'labels 1 and 2 for yes and no',
      run: () => classifier('binaryCrossentropy', { units: 1, activation: 'sigmoid' }).fit(X, [1, 2], QUIET),
      message:
        'net.fit, labels: expected labels in [0, 1] for binaryCrossentropy, got 2 in row 1; label with 0 for no and 1 for yes; or use meanSquaredError, if they are values',
    },
    {
      mistake: 'two columns for one output of yes and no',
      run: () => classifier('binaryCrossentropy', { units: 1, activation: 'sigmoid' }).fit(X, X, QUIET),
      message:
        'net.fit, labels: expected labels of the shape of the prediction for binaryCrossentropy of a prediction [batch, 1], got labels [batch, 2]; give the last layer 2 units with softmax and the loss categoricalCrossentropy, or the labels one column',
    },
    {
      mistake: 'values of another width than the output',
      run: () => classifier('meanSquaredError').fit(X, X, QUIET),
      message:
        'net.fit, labels: expected labels of the shape of the prediction for meanSquaredError of a prediction [batch, 3], got labels [batch, 2]; give the last layer 2 units',
    },
    {
      mistake: 'one unit for two classes',
      run: () => classifier('sparseCategoricalCrossentropy', { units: 1 }).fit(X, [0, 1], QUIET),
      message:
        'net.fit, labels: expected class numbers 0 to 0 for sparseCategoricalCrossentropy, got 1 in row 1; one unit goes with sigmoid and the loss binaryCrossentropy',
    },
    {
      mistake: 'more labels than examples',
      run: () => ofClasses().fit(X, [0, 1, 2], QUIET),
      message:
        'net.fit: expected as many labels as examples, 2, got 3; the first axis of both counts the examples',
    },
    {
      mistake: 'no labels',
      run: () => ofClasses().fit(X, undefined as never, QUIET),
      message:
        "net.fit, labels: expected labels for 'output', got none; give them: fit(x, y), or y by the names of the outputs",
    },
    {
      mistake: 'labels for an output that is not there',
      run: () => ofTwoOutputs().fit(X, { left: [0, 1], rigth: [0, 1] }, QUIET),
      message: "net.fit, labels: expected the name of an output, got 'rigth'; did you mean 'right'?",
    },
    {
      mistake: 'labels for one of two outputs',
      run: () => ofTwoOutputs().fit(X, { left: [0, 1] }, QUIET),
      message:
        "net.fit, labels: expected labels for 'right', got none; give them: fit(x, y), or y by the names of the outputs",
    },
    {
      mistake: 'fewer sample weights than examples',
      run: () => ofClasses().fit(X, [0, 1], { sampleWeight: [1], ...QUIET }),
      message:
        'net.fit: expected as many sample weights as examples, 2, got 1; the first axis of both counts the examples',
    },
    {
      mistake: 'a row of sample weights for each example',
      run: () => ofClasses().fit(X, [0, 1], { sampleWeight: X, ...QUIET }),
      message: 'net.fit: expected one sample weight an example, got 2; give [count] weights',
    },
    {
      mistake: 'weights of classes and of samples',
      run: () => ofClasses().fit(X, [0, 1], { sampleWeight: [1, 2], classWeight: { 0: 2 }, ...QUIET }),
      message:
        'net.fit: expected classWeight or sampleWeight, got both; multiply the weights of samples by those of their classes',
    },
    {
      mistake: 'a weight for a class that is not there',
      run: () => ofClasses().fit(X, [0, 1], { classWeight: { 3: 2 }, ...QUIET }),
      message:
        'net.fit: expected classWeight for the classes 0 to 2, got the class 3; number the classes as the labels do, from 0',
    },
  ],
};
