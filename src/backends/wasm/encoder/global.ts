import type { Code } from './code.ts';
import { unsignedLeb } from './immediates.ts';
import type { ValueType } from './value-types.ts';

/** A mutable variable of a module. Made by `ModuleBuilder`. */
export class Global {
  readonly type: ValueType;
  /** Its value. */
  readonly get: Code;
  readonly #index: Code;

  constructor(type: ValueType, index: number) {
    this.type = type;
    this.#index = unsignedLeb(index);
    this.get = [0x23, this.#index];
  }

  /** Assigns. */
  set(value: Code): Code {
    return [value, 0x24, this.#index];
  }
}
