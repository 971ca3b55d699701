import { AntlerValueError } from '../util/errors.ts';

/** Names that other libraries have for losses and metrics, too far from ours to be taken for a slip of the finger. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  acc: 'accuracy',
  mse: 'meanSquaredError',
  mae: 'meanAbsoluteError',
  mape: 'meanAbsolutePercentageError',
  msle: 'meanSquaredLogarithmicError',
  rmse: 'rootMeanSquaredError',
  bce: 'binaryCrossentropy',
  kld: 'kullbackLeibler',
  klDivergence: 'kullbackLeibler',
  kl_divergence: 'kullbackLeibler',
  crossentropy: 'categoricalCrossentropy',
  l1: 'meanAbsoluteError',
  l2: 'meanSquaredError',
};

/** @throws AntlerValueError for another library's name of a known thing */
export function refuseOtherNames(
  name: string,
  known: object,
  { where, kind }: { readonly where: string; readonly kind: string },
): void {
  const ours = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name] : undefined;
  if (ours === undefined || Object.hasOwn(known, name) || !Object.hasOwn(known, ours)) return;
  throw new AntlerValueError({
    where,
    expected: kind,
    got: `'${name}'`,
    fix: `did you mean '${ours}'?`,
  });
}
