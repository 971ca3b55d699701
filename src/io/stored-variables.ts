import { fromHost } from '../tensor/tensor.ts';
import type { Variable } from '../tensor/variable.ts';
import { AntlerDataError, at } from '../util/errors.ts';
import { formatShape, sameShape } from '../util/shapes.ts';
import type { NamedArray } from './safetensors-format.ts';

/** Variables under the names they are stored by. */
export type NamedVariables = ReadonlyMap<string, Variable>;

/** Reads the values of variables. */
export async function storeVariables(variables: NamedVariables): Promise<NamedArray[]> {
  return Promise.all(
    Array.from(variables, async ([name, variable]) => {
      const { dtype, shape } = variable;
      return { name, dtype, shape, data: await variable.read().data() };
    }),
  );
}

/**
 * Gives variables the stored values; all of them or none.
 * @throws AntlerDataError if names, shapes or dtypes are not those of the variables
 */
export function restoreVariables(
  variables: NamedVariables,
  arrays: readonly NamedArray[],
  file: string,
): void {
  const stored = new Map(arrays.map((array) => [array.name, array]));
  const pairs = Array.from(variables, ([name, variable]) => {
    const array = stored.get(name);
    const expected = describe(name, variable);
    if (!array) throw new AntlerDataError({ where: file, expected, got: 'no array of that name' });
    if (array.dtype !== variable.dtype || !sameShape(array.shape, variable.shape)) {
      throw new AntlerDataError({ where: file, expected, got: describe(name, array) });
    }
    return { variable, array };
  });
  const stranger = arrays.find(({ name }) => !variables.has(name));
  if (stranger) {
    throw new AntlerDataError({
      where: file,
      expected: `the ${variables.size} arrays of this network`,
      got: `'${stranger.name}' as well`,
    });
  }
  for (const { variable, array } of pairs) variable.assign(fromHost(array.data, array.shape, array.dtype));
}

/** Variables by their own names, numbered where two share one. */
export function byName(variables: readonly Variable[]): NamedVariables {
  const names = variables.map(({ name }) => name);
  return new Map(
    variables.map((variable, index) => {
      const before = names.slice(0, index).filter((name) => name === variable.name).length;
      return [before === 0 ? at(names, index) : `${variable.name}_${before}`, variable];
    }),
  );
}

function describe(name: string, { dtype, shape }: Pick<NamedArray, 'dtype' | 'shape'>): string {
  return `'${name}' ${dtype} ${formatShape(shape)}`;
}
