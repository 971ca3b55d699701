import type { AnyLayer } from '../../layers/layer.ts';
import type { ErrorParts } from '../../util/errors.ts';
import type { AnyModel } from '../model.ts';
import { elementAt, type Rows } from '../rows.ts';

/** Rows that are looked at: enough to meet large values, whatever the size of the data. */
const ROWS = 16;

/** Inputs beyond it make first steps that are far too long for the usual learning rates. */
const LARGE = 50;

/** Layers that hand on numbers as they are. */
const PASSING =
  /^(InputLayer|Flatten|Reshape|Permute|RepeatVector|Dropout|Masking|ZeroPadding.*|Cropping.*)$/;

/** Layers that multiply their input by weights. */
const WEIGHING = /^(Dense|EinsumDense|(Separable|Depthwise)?Conv\d?D(Transpose)?|LSTM|GRU|SimpleRNN)$/;

/** What is odd about examples that a model multiplies by weights as they are. */
export function inputHint(
  model: AnyModel,
  { items }: { readonly items: readonly Rows[] },
  where: string,
): ErrorParts | undefined {
  const [rows] = items;
  const first = firstComputing(model);
  if (!rows || items.length > 1 || !first || !WEIGHING.test(first.type)) return undefined;
  const { largest, isWhole } = extent(rows);
  if (largest <= LARGE) return undefined;
  const isBytes = isWhole && largest <= 255;
  return {
    where: `${where}, examples`,
    expected: `inputs of about -1 to 1 for ${first.label}`,
    got: `numbers up to ${Number(largest.toPrecision(4))}`,
    fix: isBytes
      ? 'put layers.rescaling({ scale: 1 / 255 }) first'
      : 'scale the data, each feature by its own range',
  };
}

/** The first layer that changes numbers; undefined if only the code of a class of the user's tells. */
function firstComputing(model: AnyLayer): AnyLayer | undefined {
  if (model.type !== 'Sequential' && model.type !== 'Functional') return undefined;
  const first = model.innerLayers.find(({ type }) => !PASSING.test(type));
  return first && first.innerLayers.length > 0 ? firstComputing(first) : first;
}

function extent(rows: Rows): { readonly largest: number; readonly isWhole: boolean } {
  let largest = 0;
  let isWhole = true;
  for (let row = 0; row < Math.min(rows.count, ROWS); row++) {
    for (let i = 0; i < rows.rowSize; i++) {
      const value = elementAt(rows, row, i);
      largest = Math.max(largest, Math.abs(value));
      isWhole &&= Number.isInteger(value);
    }
  }
  return { largest, isWhole };
}
