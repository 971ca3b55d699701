import type { Plan } from '../../compiler/compile.ts';
import { byteSize } from '../../compiler/memory/places.ts';
import { paddedBytes } from '../../compiler/memory/plan.ts';
import type { Buffer } from '../../compiler/schedule/kernel.ts';
import { at } from '../../util/errors.ts';
import { argumentWords } from './codegen/program.ts';
import type { EngineMemory } from './memory.ts';

/** Memory in which a program can run again and again without touching anybody's tensors. */
export class Stage {
  /** Address of the argument block. */
  readonly args: number;
  readonly #memory: EngineMemory;
  readonly #allocated: number[] = [];
  /** Inputs that the program overwrites, and the copies it is given. */
  readonly #copies: { readonly from: number; readonly to: number; readonly bytes: number }[] = [];

  /** @param inputs addresses of the elements */
  constructor(plan: Plan, memory: EngineMemory, inputs: readonly number[], threads: number) {
    this.#memory = memory;
    const { inPlace, sharedBytes, localBytes } = plan.places;
    const given = plan.inputs.map((buffer, i) =>
      inPlace.includes(i) ? this.#copyOf(buffer, at(inputs, i)) : at(inputs, i),
    );
    const results = plan.outputs.map((buffer, i) => {
      const donor = inPlace[i];
      return donor === undefined ? this.#take(paddedBytes(byteSize(buffer))) : at(given, donor);
    });
    const scratch = this.#take(paddedBytes(sharedBytes) + localBytes * threads);
    const words = argumentWords(plan);
    this.args = this.#take(4 * words);
    memory.int32(this.args, words).set([...given, ...results, scratch, scratch + paddedBytes(sharedBytes)]);
  }

  /** Puts back what a run has overwritten. */
  reset(): void {
    for (const { from, to, bytes } of this.#copies)
      this.#memory.bytes(to, bytes).set(this.#memory.bytes(from, bytes));
  }

  free(): void {
    for (const address of this.#allocated) this.#memory.free(address);
  }

  #copyOf(buffer: Buffer, from: number): number {
    const bytes = byteSize(buffer);
    const to = this.#take(paddedBytes(bytes));
    this.#copies.push({ from, to, bytes });
    return to;
  }

  #take(bytes: number): number {
    const address = this.#memory.alloc(bytes);
    this.#allocated.push(address);
    return address;
  }
}
