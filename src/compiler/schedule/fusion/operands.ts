import type { Node } from '../../../graph/node.ts';
import { at, invariant } from '../../../util/errors.ts';
import type { Buffer, Operand, OperandAccess } from '../kernel.ts';
import { rowAccess } from './domain.ts';
import type { Load } from './expressions.ts';

/** The operands of a kernel under construction; a buffer that is read in two ways appears twice. */
export class OperandList {
  readonly list: Operand[] = [];
  readonly #bufferOf: (node: Node) => Buffer;

  constructor(bufferOf: (node: Node) => Buffer) {
    this.#bufferOf = bufferOf;
  }

  /** Makes sure that a load has its operand. */
  read(load: Load): void {
    const buffer = this.#bufferOf(load.source);
    const access = rowAccess(load.view, buffer.size);
    if (this.#position(buffer, access) < 0) this.list.push({ buffer, access, mode: 'read' });
  }

  /** The number of the operand that holds a load. */
  find(load: Load): { buffer: number; access: OperandAccess } {
    const buffer = this.#bufferOf(load.source);
    const access = rowAccess(load.view, buffer.size);
    const position = this.#position(buffer, access);
    invariant(position >= 0, 'every load was announced');
    return { buffer: position, access: at(this.list, position).access };
  }

  /** Adds an output; gives its number. */
  write(buffer: Buffer, access: OperandAccess, combine?: Operand['combine']): number {
    this.list.push(combine ? { buffer, access, mode: 'write', combine } : { buffer, access, mode: 'write' });
    return this.list.length - 1;
  }

  #position(buffer: Buffer, access: OperandAccess): number {
    return this.list.findIndex(
      (operand) => operand.buffer === buffer && operand.access === access && operand.mode === 'read',
    );
  }
}
