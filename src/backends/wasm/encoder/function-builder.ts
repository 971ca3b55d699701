import type { ByteWriter } from './byte-writer.ts';
import { type Code, type FunctionIndex, type FunctionSymbol, writeCode } from './code.ts';
import { unsignedLeb } from './immediates.ts';
import { VALUE_TYPE_BYTE, type ValueType } from './value-types.ts';

/** A parameter or local variable of one function. */
export class Local {
  readonly type: ValueType;
  readonly index: number;
  /** Name in the module's name section; empty for none. */
  readonly name: string;
  /** Its value. */
  readonly get: Code;
  readonly #index: Code;

  constructor(type: ValueType, index: number, name: string) {
    this.type = type;
    this.index = index;
    this.name = name;
    this.#index = unsignedLeb(index);
    this.get = [0x20, this.#index];
  }

  /** Assigns. */
  set(value: Code): Code {
    return [value, 0x21, this.#index];
  }

  /** Assigns, and leaves the value. */
  tee(value: Code): Code {
    return [value, 0x22, this.#index];
  }
}

/** One `Local` for each parameter type. */
export type ParameterLocals<P extends readonly ValueType[]> = { readonly [K in keyof P]: Local };

/** A function of a module: parameters, locals and a body that grows with `emit`. Made by `ModuleBuilder`. */
export class FunctionBuilder<P extends readonly ValueType[] = readonly ValueType[]>
  implements FunctionSymbol
{
  readonly name: string;
  readonly parameterTypes: P;
  readonly resultTypes: readonly ValueType[];
  readonly params: ParameterLocals<P>;
  readonly #locals: Local[] = [];
  readonly #body: Code[] = [];

  constructor(name: string, params: P, results: readonly ValueType[]) {
    this.name = name;
    this.parameterTypes = params;
    this.resultTypes = results;
    const locals = params.map((type, index) => new Local(type, index, ''));
    this.params = locals as unknown as ParameterLocals<P>;
  }

  /** A new local variable; zero at the start of each call. */
  local(type: ValueType, name = ''): Local {
    const local = new Local(type, this.parameterTypes.length + this.#locals.length, name);
    this.#locals.push(local);
    return local;
  }

  /** Appends to the body. */
  emit(...code: readonly Code[]): void {
    this.#body.push(...code);
  }

  /** Locals that have a name, in the order of their indices. */
  get namedLocals(): readonly Local[] {
    return this.#locals.filter((local) => local.name !== '');
  }

  /** Writes the entry of the code section: local declarations and body. */
  write(out: ByteWriter, functionIndex: FunctionIndex): void {
    out.sized((inner) => {
      inner.vector(runs(this.#locals), ({ type, count }) => {
        inner.unsigned(count);
        inner.byte(VALUE_TYPE_BYTE[type]);
      });
      writeCode(this.#body, inner, functionIndex);
      inner.byte(0x0b);
    });
  }
}

/** Neighbours of one type, counted. */
function runs(locals: readonly Local[]): readonly { type: ValueType; count: number }[] {
  const groups: { type: ValueType; count: number }[] = [];
  for (const { type } of locals) {
    const last = groups.at(-1);
    if (last?.type === type) last.count++;
    else groups.push({ type, count: 1 });
  }
  return groups;
}
