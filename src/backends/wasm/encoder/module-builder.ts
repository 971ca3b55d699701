import { invariant } from '../../../util/errors.ts';
import { ByteWriter } from './byte-writer.ts';
import { type Code, type FunctionSymbol, writeCode } from './code.ts';
import { FunctionBuilder } from './function-builder.ts';
import { Global } from './global.ts';
import { writeNameSection } from './name-section.ts';
import { VALUE_TYPE_BYTE, type ValueType } from './value-types.ts';

/** Memory that the module imports as `env.memory`; sizes in pages of 64 KiB. */
export interface MemoryImport {
  readonly minimum: number;
  /** Required for shared memory. */
  readonly maximum?: number;
  readonly shared?: boolean;
}

export interface FunctionOptions<P extends readonly ValueType[]> {
  readonly name: string;
  readonly params?: P;
  readonly results?: readonly ValueType[];
  /** `true` exports the function under its own name. */
  readonly export?: boolean;
}

export interface FunctionImport extends FunctionSymbol {
  readonly module: string;
}

const SECTION = { type: 1, import: 2, function: 3, global: 6, export: 7, start: 8, code: 10 } as const;
const MAGIC_AND_VERSION = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

/** Collects the parts of a WebAssembly module and encodes them. */
export class ModuleBuilder {
  readonly #memory: MemoryImport | undefined;
  readonly #imports: FunctionImport[] = [];
  readonly #functions: FunctionBuilder[] = [];
  readonly #exported: FunctionBuilder[] = [];
  readonly #globals: { readonly global: Global; readonly initial: Code }[] = [];
  #start: FunctionSymbol | undefined;

  constructor(options: { readonly memory?: MemoryImport } = {}) {
    this.#memory = options.memory;
  }

  /** Declares a function; its body is given with `emit`, and may call functions declared later. */
  function<const P extends readonly ValueType[] = readonly []>(
    options: FunctionOptions<P>,
  ): FunctionBuilder<P> {
    const params = options.params ?? ([] as unknown as P);
    const builder = new FunctionBuilder<P>(options.name, params, options.results ?? []);
    this.#functions.push(builder);
    if (options.export) this.#exported.push(builder);
    return builder;
  }

  /** Declares a function that the host provides as `imports[module][name]`. */
  importFunction(
    module: string,
    name: string,
    params: readonly ValueType[],
    results: readonly ValueType[] = [],
  ): FunctionSymbol {
    const symbol = { module, name, parameterTypes: params, resultTypes: results };
    this.#imports.push(symbol);
    return symbol;
  }

  /** Declares a mutable variable of the module; `initial` is a constant instruction such as `i32.const(1)`. */
  global(type: ValueType, initial: Code): Global {
    const global = new Global(type, this.#globals.length);
    this.#globals.push({ global, initial });
    return global;
  }

  /** Runs a function without parameters and results when the module is instantiated. */
  start(target: FunctionSymbol): void {
    this.#start = target;
  }

  /** The module in the binary format. */
  encode(): Uint8Array<ArrayBuffer> {
    const symbols: readonly FunctionSymbol[] = [...this.#imports, ...this.#functions];
    const indices = new Map(symbols.map((symbol, index) => [symbol, index]));
    const functionIndex = (symbol: FunctionSymbol): number => {
      const index = indices.get(symbol);
      invariant(index !== undefined, `function ${symbol.name} belongs to another module`);
      return index;
    };
    const types = new TypeTable(symbols);
    const out = new ByteWriter();
    out.raw(MAGIC_AND_VERSION);
    section(out, SECTION.type, types.signatures, writeSignature);
    this.#writeImports(out, types);
    section(out, SECTION.function, this.#functions, (item, to) => to.unsigned(types.indexOf(item)));
    section(out, SECTION.global, this.#globals, ({ global, initial }, to) => {
      to.byte(VALUE_TYPE_BYTE[global.type]);
      to.byte(0x01);
      writeCode(initial, to, functionIndex);
      to.byte(0x0b);
    });
    section(out, SECTION.export, this.#exported, (item, to) => {
      to.name(item.name);
      to.byte(0x00);
      to.unsigned(functionIndex(item));
    });
    this.#writeStart(out, functionIndex);
    section(out, SECTION.code, this.#functions, (item, to) => item.write(to, functionIndex));
    writeNameSection(out, symbols, this.#functions, functionIndex);
    return out.finish();
  }

  #writeImports(out: ByteWriter, types: TypeTable): void {
    const memory = this.#memory;
    section(out, SECTION.import, memory ? [memory, ...this.#imports] : this.#imports, (item, to) => {
      if ('module' in item) {
        to.name(item.module);
        to.name(item.name);
        to.byte(0x00);
        to.unsigned(types.indexOf(item));
      } else writeMemoryImport(item, to);
    });
  }

  #writeStart(out: ByteWriter, functionIndex: (symbol: FunctionSymbol) => number): void {
    const start = this.#start;
    if (!start) return;
    out.byte(SECTION.start);
    out.sized((inner) => inner.unsigned(functionIndex(start)));
  }
}

/** The distinct signatures of a module, in the order of first use. */
class TypeTable {
  readonly signatures: readonly FunctionSymbol[];
  readonly #indices = new Map<string, number>();

  constructor(symbols: readonly FunctionSymbol[]) {
    this.signatures = symbols.filter((symbol) => {
      const key = signatureKey(symbol);
      const isNew = !this.#indices.has(key);
      if (isNew) this.#indices.set(key, this.#indices.size);
      return isNew;
    });
  }

  indexOf(symbol: FunctionSymbol): number {
    const index = this.#indices.get(signatureKey(symbol));
    invariant(index !== undefined, `signature of ${symbol.name} is not in the table`);
    return index;
  }
}

function signatureKey({ parameterTypes, resultTypes }: FunctionSymbol): string {
  return `${parameterTypes.join()}>${resultTypes.join()}`;
}

function section<T>(
  out: ByteWriter,
  id: number,
  items: readonly T[],
  write: (item: T, to: ByteWriter) => void,
): void {
  if (items.length === 0) return;
  out.byte(id);
  out.sized((inner) => inner.vector(items, (item) => write(item, inner)));
}

function writeSignature({ parameterTypes, resultTypes }: FunctionSymbol, to: ByteWriter): void {
  to.byte(0x60);
  for (const types of [parameterTypes, resultTypes])
    to.vector(types, (type) => to.byte(VALUE_TYPE_BYTE[type]));
}

function writeMemoryImport({ minimum, maximum, shared }: MemoryImport, to: ByteWriter): void {
  to.name('env');
  to.name('memory');
  to.byte(0x02);
  to.byte((maximum === undefined ? 0 : 1) | (shared ? 2 : 0));
  to.unsigned(minimum);
  if (maximum !== undefined) to.unsigned(maximum);
}
