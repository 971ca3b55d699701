import { AntlerDataError } from '../../util/errors.ts';
import { isJsonObject } from './keras-object.ts';

/** Classes that hold code. */
const CODE: ReadonlySet<string> = new Set([
  'Lambda',
  'TFOpLambda',
  'SlicingOpLambda',
  '__lambda__',
  'function',
]);

/** @throws AntlerDataError for a class that holds code, or is an operation and no layer */
export function requireLayerClass(className: string, module: unknown, where: string): void {
  if (CODE.has(className)) throw codeRefused(className, where);
  if (typeof module !== 'string' || !/^keras\.(src\.)?ops\b/.test(module)) return;
  throw new AntlerDataError({
    where,
    expected: 'layers',
    got: `the operation ${className}, a function without a layer`,
    fix: 'build the model with layers in place of keras.ops, or write the operation as a layer and registerLayer it',
  });
}

/** The refusal of code in a model file. */
function codeRefused(what: string, where: string): AntlerDataError {
  return new AntlerDataError({
    where,
    expected: 'layers, which are data',
    got: `${what}, which is Python code; Antler runs none from files`,
    fix: 'replace it by a layer: write one with defineLayer, registerLayer it, and give the layer in Keras the same name',
  });
}

/** @throws AntlerDataError if this is a function of Python's */
export function requireNoCode(value: unknown, where: string): void {
  if (isJsonObject(value) && CODE.has(String(value.class_name)))
    throw codeRefused(String(value.class_name), where);
}
