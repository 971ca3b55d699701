import { knownExtent } from '../../layers/batch-shape.ts';
import { defineLayer } from '../../layers/define-layer.ts';
import * as layers from '../../layers/index.ts';
import { Layer } from '../../layers/layer.ts';
import { type Sequential, sequential } from '../../models/sequential.ts';
import { add } from '../../ops/math/arithmetic.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** Sizes of a decoder. */
export interface DecoderSizes {
  readonly blocks: number;
  /** Features of a token. */
  readonly features: number;
  readonly heads: number;
  readonly vocabulary: number;
  /** Tokens of a sequence. */
  readonly length: number;
}

/** As PyTorch. */
const EPSILON = 1e-5;

/** A transformer that goes on with a text: int32 [batch, length] to logits of next tokens [batch, length, vocabulary]. */
export function buildDecoder({ blocks, features, heads, vocabulary, length }: DecoderSizes): Sequential {
  return sequential({
    name: 'decoder',
    seed: 1,
    layers: [
      layers.input({ shape: [length], dtype: 'int32' }),
      layers.embedding({ inputDim: vocabulary, outputDim: features }),
      positions(),
      ...Array.from({ length: blocks }, () => new DecoderBlock(features, heads)),
      layers.layerNormalization({ epsilon: EPSILON }),
      layers.dense({ units: vocabulary }),
    ],
  });
}

/** Adds a vector that is learnt for each position: [batch, length, features] to the same. */
const positions = defineLayer({
  type: 'Positions',
  defaults: {},
  build: (_config: object, input, weights) => ({
    vectors: weights.add('vectors', [knownExtent(input, 1), knownExtent(input, 2)], 'randomNormal'),
  }),
  call: ({ vectors }, x) => add(x, vectors),
});

/** Attention to the past, then a network of two layers, each normalized before and added to its input. */
class DecoderBlock extends Layer {
  readonly #attention;
  readonly #expand;
  readonly #contract;
  readonly #norms;

  constructor(features: number, heads: number) {
    super('DecoderBlock');
    const norm = () => this.track(layers.layerNormalization({ epsilon: EPSILON }));
    this.#norms = [norm(), norm()] as const;
    this.#attention = this.track(
      layers.multiHeadAttention({ numHeads: heads, keyDim: features / heads }) as Layer,
    );
    this.#expand = this.track(layers.dense({ units: 4 * features, activation: 'gelu' }));
    this.#contract = this.track(layers.dense({ units: features }));
  }

  override call(x: Tensor): Tensor {
    const [first, second] = this.#norms;
    const normal = first.apply(x);
    const y = add(x, this.#attention.apply([normal, normal], { useCausalMask: true }));
    return add(y, this.#contract.apply(this.#expand.apply(second.apply(y))));
  }
}
