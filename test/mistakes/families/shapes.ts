import {
  add,
  concat,
  conv2d,
  input,
  type Layer,
  layers,
  matmul,
  model,
  ones,
  reshape,
  sequential,
  zeros,
} from 'antler';
import type { Family } from '../mistake.ts';
import { classifier, ofClasses, ofTwoInputs, QUIET, X } from '../programs.ts';

/** A model of one layer, which is built when its output shape is asked for. */
const shapeBehind = (list: readonly Layer[]) => sequential({ name: 'net', layers: list }).outputShape;

/** Ranks, axes and extents. */
export const shapes: Family = {
  name: 'shapes',
  mistakes: [
    {
      mistake: 'rows of 784 numbers into a convolution',
      run: () => shapeBehind([layers.conv2d({ filters: 8, kernelSize: 3, inputShape: [784] })]),
      message:
        'net/conv2d (conv2d), input: expected [batch, height, width, channels], got [batch, 784]; put layers.reshape({ targetShape }) before it, or give the input its axis of channels',
    },
    {
      mistake: 'pictures without an axis for channels',
      run: () => shapeBehind([layers.conv2d({ filters: 8, kernelSize: 3, inputShape: [28, 28] })]),
      message:
        'net/conv2d (conv2d), input: expected [batch, height, width, channels], got [batch, 28, 28]; put layers.reshape({ targetShape }) before it, or give the input its axis of channels',
    },
    {
      mistake: 'channels first, in the model',
      run: () => shapeBehind([layers.conv2d({ filters: 8, kernelSize: 5, inputShape: [1, 28, 28] })]),
      message:
        "net/conv2d (conv2d), conv2d: expected a window no larger than the padded input [1, 28], got [5, 5] with dilation [1, 1]; move the channels to the last axis, or give the layer dataFormat: 'channelsFirst'",
    },
    {
      mistake: 'channels first, in the data',
      run: () => {
        const net = sequential({
          name: 'net',
          layers: [layers.conv2d({ filters: 8, kernelSize: 3, inputShape: [28, 28, 1] })],
        });
        return net.predict(zeros([2, 1, 28, 28]));
      },
      message:
        'net (sequential), input: expected [batch, 28, 28, 1], got [batch, 1, 28, 28]; bring the axes into that order, with transpose(x, [0, 2, 3, 1])',
    },
    {
      mistake: 'flatten forgotten before the last layer',
      run: () => {
        const net = sequential({
          name: 'net',
          layers: [
            layers.conv2d({ filters: 2, kernelSize: 3, inputShape: [8, 8, 1] }),
            layers.dense({ units: 10, activation: 'softmax' }),
          ],
        });
        net.compile({ optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy' });
        return net.fit(zeros([2, 8, 8, 1]), [0, 1], QUIET);
      },
      message:
        'net.fit, labels: expected one class number an example for sparseCategoricalCrossentropy of a prediction [batch, 6, 6, 10], got labels [batch]; put layers.flatten() or layers.globalAveragePooling2d() before the last layer',
    },
    {
      mistake: 'returnSequences forgotten between two LSTMs',
      run: () => shapeBehind([layers.lstm({ units: 4, inputShape: [10, 3] }), layers.lstm({ units: 4 })]),
      message:
        'net/lstm_1 (lstm), input: expected [batch, time, features], got [batch, 4] from net/lstm (lstm); reshape each example to [time, features]; behind a recurrent layer, give that one returnSequences: true',
    },
    {
      mistake: 'a sequence of numbers without an axis for features',
      run: () => shapeBehind([layers.lstm({ units: 4, inputShape: [10] })]),
      message:
        'net/lstm (lstm), input: expected [batch, time, features], got [batch, 10]; reshape each example to [time, features]; behind a recurrent layer, give that one returnSequences: true',
    },
    {
      mistake: 'a kernel larger than the picture',
      run: () => shapeBehind([layers.conv2d({ filters: 1, kernelSize: 9, inputShape: [8, 8, 1] })]),
      message:
        "net/conv2d (conv2d), conv2d: expected a window no larger than the padded input [8, 8], got [9, 9] with dilation [1, 1]; choose padding 'same' or a smaller kernel",
    },
    {
      mistake: 'a pool larger than the picture',
      run: () => shapeBehind([layers.maxPooling2d({ poolSize: 9, inputShape: [8, 8, 1] })]),
      message:
        "net/max_pooling2d (maxPooling2d), maxPool2d: expected a window no larger than the padded input [8, 8], got [9, 9]; choose padding 'same' or a smaller poolSize",
    },
    {
      mistake: 'groups that do not share the channels',
      run: () =>
        shapeBehind([layers.conv2d({ filters: 4, kernelSize: 3, groups: 2, inputShape: [8, 8, 3] })]),
      message:
        'net/conv2d (conv2d), input: expected channels that 2 groups share evenly, got [batch, 8, 8, 3]',
    },
    {
      mistake: 'a target shape of another size',
      run: () => shapeBehind([layers.reshape({ targetShape: [28, 28, 1], inputShape: [700] })]),
      message:
        'net/reshape (reshape), reshape: expected a shape of 1400 elements (from [2, 700]), got [2, 28, 28, 1]; one extent may be -1, for as many as are left',
    },
    {
      mistake: 'the batch in the shape of an example, as a number',
      run: () => layers.dense({ units: 2, inputShape: 28 as never }),
      message:
        'dense: expected inputShape of whole extents > 0, without the batch, got 28; write inputShape: [28, 28, 1] for pictures, [features] for rows of numbers',
    },
    {
      mistake: 'examples of another width than at first',
      run: async () => {
        const net = ofClasses();
        await net.predict(X);
        return net.predict([[1, 2, 3]]);
      },
      message:
        'net (sequential), input: expected [batch, 2], got [batch, 3]; give examples of that shape, or build the model for yours',
    },
    {
      mistake: 'one example without the axis that counts them',
      run: () => ofClasses().predict([0, 1]),
      message:
        'net (sequential), input: expected [batch, 2], got [batch]; reshape the examples: axes are missing, perhaps the one that counts them',
    },
    {
      mistake: 'a number for examples',
      run: () => ofClasses().predict(5),
      message:
        'net.predict, examples: expected an axis that counts the examples, got a scalar; put it into a list',
    },
    {
      mistake: 'a shape that does not fit the elements',
      run: () => ofClasses().predict({ data: new Float32Array(5), shape: [2, 2] }),
      message:
        'net.predict, examples: expected 4 elements for [2, 2], got 5; the shape counts all elements of the data',
    },
    {
      mistake: 'one input for a model of two',
      run: () => ofTwoInputs().predict([ones([1, 2])]),
      message:
        'net (functional), input: expected 2 inputs (a, b), got 1; give them in a list [a, b], or by name { a, b }',
    },
    {
      mistake: 'inputs by a name that is not theirs',
      run: () => ofTwoInputs().predict({ a: ones([1, 2]), bb: ones([1, 2]) }),
      message: "net (functional), input: expected the name of an input, got 'bb'; choose from a, b",
    },
    {
      mistake: 'an output that needs an input not given',
      run: () => {
        const [a, b] = [input({ shape: [2], name: 'a' }), input({ shape: [2], name: 'b' })];
        return model({ name: 'net', inputs: a, outputs: layers.add().apply([a, b]) });
      },
      message:
        "net (functional): expected outputs that follow from the inputs, got one that needs the input 'b' through add; put it among the inputs",
    },
    {
      mistake: 'tensors for the inputs of a functional model',
      run: () => model({ name: 'net', inputs: ones([1, 2]) as never, outputs: ones([1, 2]) as never }),
      message:
        'net (functional), inputs: expected symbolic values, of input(...) or of layers applied to such, got a tensor; write const x = input({ shape }), and apply the layers to it',
    },
    {
      mistake: 'sum of two shapes in a layer',
      run: () => layers.add({ name: 'sum' }).apply([input({ shape: [2] }), input({ shape: [3] })]),
      message:
        'sum (add), add: expected shapes that broadcast (equal extents, or 1), got [2, 2] and [2, 3]; insert axes of 1 with expandDims or reshape where one value serves for many',
    },
    {
      mistake: 'concatenation of two shapes in a layer',
      run: () =>
        layers.concatenate({ name: 'both' }).apply([input({ shape: [2, 4] }), input({ shape: [3, 4] })]),
      message:
        'both (concatenate), input: expected shapes that are alike but for axis 2, got [batch, 2, 4] and [batch, 3, 4]',
    },
    {
      mistake: 'a matrix product of two shapes that do not fit',
      run: () => matmul(ones([2, 3]), ones([2, 3])),
      message:
        'matmul: expected the last axis of a as long as the last but one of b, got [2, 3] and [2, 3]; swap the axes of one with transpose(), or swap a and b',
    },
    {
      mistake: 'a sum of two shapes that do not fit',
      run: () => add(ones([2, 3]), ones([2])),
      message:
        'add: expected shapes that broadcast (equal extents, or 1), got [2, 3] and [2]; insert axes of 1 with expandDims or reshape where one value serves for many',
    },
    {
      mistake: 'a tensor of six elements as four by two',
      run: () => reshape(ones([6]), [4, 2]),
      message:
        'reshape: expected a shape of 6 elements (from [6]), got [4, 2]; one extent may be -1, for as many as are left',
    },
    {
      mistake: 'concatenation of two shapes',
      run: () => concat([ones([2, 3]), ones([2, 4])], 0),
      message: 'concat: expected [2, 3] but for axis 0, got [2, 4]',
    },
    {
      mistake: 'a kernel for another number of channels',
      run: () => conv2d(ones([1, 8, 8, 3]), ones([3, 3, 1, 4])),
      message:
        'conv2d: expected a kernel [...window, channels / groups, filters] for 3 channels in 1 groups and 2 spatial axes, got [3, 3, 1, 4]',
    },
    {
      mistake: 'weights of another shape',
      run: () => classifier('meanSquaredError').setWeights([ones([3, 3]), ones([3])]),
      message:
        'dense/kernel: expected [2, 3], got [3, 3]; a variable keeps its shape: reshape the value, or make another variable',
    },
  ],
};
