import { close } from '../autodiff/close.ts';
import { checkpoint as checkpointNodes } from '../primitives/control/checkpoint.ts';
import { at } from '../util/errors.ts';
import { Tensor } from './tensor.ts';
import { traceFunction } from './traced-function.ts';
import { tracedInput } from './traced-input.ts';

/**
 * The same function, of which a gradient remembers the arguments only: inner values are computed a second time when the
 * backward pass needs them, which trades time for memory. Arguments and results may be nested arrays and objects of
 * tensors. Values and gradients are those of `f`. Composes with everything else.
 * @throws AntlerTraceError if `f` looks at values
 * @throws AntlerValueError if `f` returns anything but tensors
 */
export function checkpoint<Args extends readonly unknown[], Result>(
  f: (...args: Args) => Result,
): (...args: Args) => Result {
  return (...args) => {
    const { given, standIns, result, outputs, writes } = traceFunction(f, args, tracedInput, 'checkpoint');
    const sources = standIns.map(({ node }) => node);
    const { body, constants } = close(sources, [...outputs, ...writes.values()]);
    const parts = checkpointNodes(body, [...given.map(({ node }) => node), ...constants]);
    [...writes.keys()].forEach((variable, i) => {
      variable.assign(new Tensor(at(parts, outputs.length + i)));
    });
    const results = parts.slice(0, outputs.length).map((node) => new Tensor(node));
    return result.rebuild(results) as Result;
  };
}
