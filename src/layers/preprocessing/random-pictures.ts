import type { Tensor } from '../../tensor/tensor.ts';
import { requireDataFormat } from '../data-format.ts';
import { defineLayer, type LayerFactory, type OptionsOf } from '../define-layer.ts';
import type { SeedGenerator } from '../seed-generator.ts';
import { ofPictures, PICTURES, type PictureConfig } from './pictures.ts';

/** A kind of layer that changes pictures at random in training and leaves them alone otherwise. */
interface RandomPictures<Config extends PictureConfig, Defaults> {
  readonly type: string;
  readonly required?: readonly string[];
  readonly defaults: Defaults & Partial<NoInfer<Config>>;
  /** Throws an AntlerValueError for a configuration that makes no sense. */
  check(config: Config, where: string): void;
  /** What becomes of pictures [batch, height, width, channels]; each is changed on its own. */
  change(config: Config, pictures: Tensor, stream: SeedGenerator): Tensor;
}

/** Makes the factory of such a kind of layer; its random numbers are the layer's own stream. */
export function defineRandomPictures<Config extends PictureConfig, const Defaults>(
  definition: RandomPictures<Config, Defaults>,
): LayerFactory<OptionsOf<Config, Defaults>> {
  const { type, required = [], defaults, check, change } = definition;
  return defineLayer<Config, Defaults, { readonly stream: SeedGenerator }>({
    type,
    required,
    defaults,
    input: PICTURES,
    check(config, where) {
      requireDataFormat(config.dataFormat, where);
      check(config, where);
    },
    build: (_config, _input, weights) => ({ stream: weights.seedGenerator() }),
    call({ config, stream }, x, { training }) {
      if (!training) return x;
      return ofPictures(x, config.dataFormat, (pictures) => change(config, pictures, stream));
    },
  });
}
