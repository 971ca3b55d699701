import { split } from '../random/keys.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { Variable } from '../tensor/variable.ts';

/**
 * A stream of random keys that goes on from call to call, inside compiled steps too. Its state is one
 * variable.
 */
export class SeedGenerator {
  /** int32 [2]: the key that the next keys are split from. */
  readonly state: Variable;

  constructor(key: Tensor, name: string) {
    this.state = new Variable(key, { name, trainable: false });
  }

  /** A key that was not given before; the state moves on. */
  next(): Tensor {
    const [state, key] = split(this.state.read());
    this.state.assign(state);
    return key;
  }
}
