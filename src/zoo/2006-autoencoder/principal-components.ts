import { pca } from '../../classic/pca.ts';
import { tensor } from '../../ops/create.ts';
import { square, sub } from '../../ops/math/arithmetic.ts';
import { sum } from '../../ops/reduce/reduce.ts';
import type { Digits } from './digits.ts';
import type { DigitParts, Reconstruction } from './training.ts';

/** Codes of a linear map that no linear map betters: the directions of largest variance. */
export async function principalComponents(
  components: number,
  { train, test, shown }: DigitParts,
): Promise<Omit<Reconstruction, 'history'>> {
  using rows = tensorOf(train);
  const fitted = pca({ components }).fit(rows);
  const seen = tensorOf(test);
  const rebuilt = fitted.inverseTransform(fitted.transform(seen));
  const squaredError = (await sum(square(sub(rebuilt, seen))).item()) / test.shape[0];
  const pictures = await fitted.inverseTransform(fitted.transform(tensorOf(shown))).data();
  return { squaredError, pictures: pictures as Float32Array };
}

function tensorOf({ data, shape }: Digits) {
  return tensor(data, shape);
}
