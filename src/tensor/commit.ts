import { select } from '../primitives/elementwise/arithmetic.ts';
import { broadcastTo } from '../primitives/structure/views.ts';
import { invariant } from '../util/errors.ts';
import { Tensor } from './tensor.ts';
import { currentTrace } from './trace.ts';
import { tracedInput } from './traced-input.ts';

/**
 * Inside a traced function: what it assigned so far takes effect only if the condition turns out true;
 * otherwise every variable keeps its value.
 * @param condition bool scalar
 */
export function commitIf(condition: Tensor): void {
  const trace = currentTrace();
  invariant(trace && condition.rank === 0, 'commitIf decides by a scalar inside a traced function');
  for (const [variable, value] of trace.writes) {
    const before = trace.reads.get(variable) ?? tracedInput(variable);
    trace.reads.set(variable, before);
    const chosen = select(broadcastTo(condition.node, variable.shape), value.node, before.node);
    trace.writes.set(variable, new Tensor(chosen));
  }
}
