import { tensor } from '../../ops/create.ts';
import { matmul } from '../../ops/linalg/linalg.ts';
import { add } from '../../ops/math/arithmetic.ts';
import { sigmoid } from '../../ops/math/math.ts';
import { type Rbm, type RbmParameters, rbm } from '../../pretraining/index.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { Variable } from '../../tensor/variable.ts';
import { at } from '../../util/errors.ts';
import type { LayerParameters } from '../start-from.ts';

/** Digits. */
export const CLASSES = 10;

/** Everything a deep belief network has learned. */
export type BeliefParameters = {
  /** Upwards, lowest first. */
  readonly recognition: readonly LayerParameters[];
  /** Downwards, the one that draws the pixels first. */
  readonly generative: readonly LayerParameters[];
  readonly top: {
    readonly weights: Float32Array;
    readonly visibleBias: Float32Array;
    readonly hiddenBias: Float32Array;
  };
};

/** Logistic units that depend on the layer before them. */
export class DirectedLayer {
  readonly weights: Variable;
  readonly bias: Variable;

  constructor({ weights, bias }: LayerParameters) {
    this.weights = new Variable(tensor(weights, [weights.length / bias.length, bias.length]));
    this.bias = new Variable(tensor(bias));
  }

  /** Probabilities of the units: [batch, from] to [batch, to]. */
  probabilities(states: Tensor): Tensor {
    return sigmoid(add(matmul(states, this.weights.read()), this.bias.read()));
  }

  async parameters(): Promise<LayerParameters> {
    const [weights, bias] = await Promise.all([this.weights.read().data(), this.bias.read().data()]);
    return { weights: weights as Float32Array, bias: bias as Float32Array };
  }
}

/** Probabilities of the highest layer: [batch, from] to [batch, to]. */
export function passedUp(layers: readonly DirectedLayer[], states: Tensor): Tensor {
  return layers.reduce((below, layer) => layer.probabilities(below), states);
}

/**
 * A deep belief network: an undirected machine on top, which also knows the label, and below it layers that draw
 * downwards (generative) or guess upwards (recognition). Hinton, Osindero, Teh 2006, figure 1.
 */
export class BeliefNetwork {
  readonly recognition: readonly DirectedLayer[];
  readonly generative: readonly DirectedLayer[];
  /** Visible units: the highest features and ten labels. */
  readonly top: Rbm;

  constructor({ recognition, generative, top }: BeliefParameters, seed: number) {
    const [visible, hidden] = [top.visibleBias.length, top.hiddenBias.length];
    this.recognition = recognition.map((layer) => new DirectedLayer(layer));
    this.generative = generative.map((layer) => new DirectedLayer(layer));
    this.top = rbm({ visible, hidden, visibleClasses: CLASSES, seed, parameters: top });
  }

  /** The highest features of digits, by probabilities: [batch, 784] in [0, 1] to [batch, features]. */
  features(pixels: Tensor): Tensor {
    return passedUp(this.recognition, pixels);
  }

  /** Pixels for the highest features, by probabilities: [batch, features] to [batch, 784]. */
  render(features: Tensor): Tensor {
    return this.generative.reduceRight((states, layer) => layer.probabilities(states), features);
  }

  async parameters(): Promise<BeliefParameters> {
    const all = (layers: readonly DirectedLayer[]) => Promise.all(layers.map((layer) => layer.parameters()));
    const top = await this.top.parameters();
    return {
      recognition: await all(this.recognition),
      generative: await all(this.generative),
      top: { ...top },
    };
  }
}

/** The network that greedy learning leaves: both directions have the weights of the machines. */
export function untied(machines: readonly RbmParameters[], top: RbmParameters): BeliefParameters {
  return {
    recognition: machines.map(({ weights, hiddenBias }) => ({ weights, bias: hiddenBias })),
    generative: machines.map(({ weights, visibleBias, hiddenBias }) => ({
      weights: transposed(weights, hiddenBias.length),
      bias: visibleBias,
    })),
    top: { ...top },
  };
}

/** A matrix of `columns` columns with rows and columns exchanged. */
export function transposed(matrix: Float32Array, columns: number): Float32Array {
  const rows = matrix.length / columns;
  return Float32Array.from(matrix, (_, i) => at(matrix, (i % rows) * columns + Math.floor(i / rows)));
}
