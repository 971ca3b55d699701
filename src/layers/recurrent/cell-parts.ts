import { matmul } from '../../ops/linalg/linalg.ts';
import { add } from '../../ops/math/arithmetic.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { completeConfig, type OptionRules, separate } from '../define-layer.ts';
import type { LayerOptions } from '../layer-options.ts';

/** x kernel + bias, if there is one. */
export function affine(x: Tensor, kernel: Tensor, bias: Tensor | undefined): Tensor {
  const product = matmul(x, kernel);
  return bias ? add(product, bias) : product;
}

/** Makes a cell from options as the user gives them. @throws AntlerValueError for options that make no sense */
export function makeCell<Config, Cell>(
  rules: object,
  CellClass: new (config: Config, options: LayerOptions) => Cell,
  options: object,
): Cell {
  const [base, own] = separate(options);
  return new CellClass(completeConfig(rules as OptionRules, own) as Config, base);
}
