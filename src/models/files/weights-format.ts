import { AntlerValueError } from '../../util/errors.ts';

/** How weights alone are kept: as Keras 3 has them, as Keras before, or under their paths. */
export type WeightsFormat = 'keras' | 'legacy' | 'safetensors' | 'npz';

const ENDINGS: readonly (readonly [ending: RegExp, format: WeightsFormat])[] = [
  [/\.weights\.(h5|hdf5)$/i, 'keras'],
  [/\.(h5|hdf5)$/i, 'legacy'],
  [/\.safetensors$/i, 'safetensors'],
  [/\.npz$/i, 'npz'],
];

/** The format that the ending of a path stands for. @throws AntlerValueError for other endings */
export function weightsFormatOfPath(path: string): WeightsFormat {
  const found = ENDINGS.find(([ending]) => ending.test(path));
  if (found) return found[1];
  throw new AntlerValueError({
    where: path,
    expected: 'a path that ends in .weights.h5, .h5, .safetensors or .npz',
    got: 'another ending',
    fix: "to keep the whole model, call save('model.keras')",
  });
}
