import { matmul } from '../../ops/linalg/linalg.ts';
import { matrixTranspose } from '../../ops/linalg/matrix-functions.ts';
import { add, square } from '../../ops/math/arithmetic.ts';
import { sqrt } from '../../ops/math/math.ts';
import { relu } from '../../ops/nn/nn.ts';
import { fromHost, type Tensor } from '../../tensor/tensor.ts';
import { drawBalancedGabor, type Gabor } from './gabor.ts';

/** Profiles of cells at one place, in two phases a quarter of a cycle apart: float32 [cells, size * size] each. */
interface CellPairs {
  readonly even: Tensor;
  readonly odd: Tensor;
}

/** What tells the cells of one place apart; the Gaussian is as wide along the bars as across them. */
export type CellShape = Pick<Gabor, 'orientation' | 'frequency' | 'sigma'>;

/** Cells in the middle of images of size x size. Each even cell answers 1 to the grating it likes best. */
export function cellPairs(shapes: readonly CellShape[], size: number): CellPairs {
  const middle = (size - 1) / 2;
  const profiles = (phase: number) => {
    const rows = shapes.map((shape) => {
      // half of what lies under the Gaussian: the other half of the cosine is at the opposite frequency
      const amplitude = 1 / (Math.PI * shape.sigma ** 2);
      const place = { x: middle, y: middle, sigmaAlong: shape.sigma };
      return drawBalancedGabor({ ...shape, ...place, amplitude, phase }, size);
    });
    const data = Float32Array.from(rows.flatMap((row) => Array.from(row)));
    return fromHost(data, [shapes.length, size * size], 'float32');
  };
  return { even: profiles(0), odd: profiles(-Math.PI / 2) };
}

/** Simple cells: the light under the profile, weighted by it, where that is positive. [images, pixels] to [images, cells] */
export function simpleResponses(images: Tensor, profiles: Tensor): Tensor {
  return relu(linearResponses(images, profiles));
}

/** Complex cells by the energy model: sqrt(even^2 + odd^2), Adelson and Bergen 1985. [images, pixels] to [images, cells] */
export function complexResponses(images: Tensor, { even, odd }: CellPairs): Tensor {
  return sqrt(add(square(linearResponses(images, even)), square(linearResponses(images, odd))));
}

function linearResponses(images: Tensor, profiles: Tensor): Tensor {
  return matmul(images, matrixTranspose(profiles));
}
