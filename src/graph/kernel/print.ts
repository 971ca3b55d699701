import { type Expr, type Index, k, type OpName, type Variable } from './expr.ts';
import type { Fold, Statement } from './loops.ts';
import { countUses, valuesOf } from './walk.ts';

const INFIX: Partial<Record<OpName, string>> = {
  ...{ add: '+', sub: '-', mul: '*', div: '/', eq: '==', ne: '!=', lt: '<', le: '<=' },
  ...{ and: '&', or: '|', xor: '^', shiftLeft: '<<', shiftRight: '>>', shiftRightUnsigned: '>>>' },
};

/**
 * Statements as pseudo-code, one line each. Counters are renamed in the order of their loops; a value that is used more than
 * once gets a line of its own.
 * @param buffers names of the operands
 */
export function printStatements(
  statements: readonly Statement[],
  buffers: readonly string[],
): readonly string[] {
  return new Printer(buffers).list(statements, '');
}

class Printer {
  readonly #buffers: readonly string[];
  readonly #names = new Map<Variable, string>();
  #counters = 0;
  #accumulators = 0;
  #values = 0;

  constructor(buffers: readonly string[]) {
    this.#buffers = buffers;
  }

  list(statements: readonly Statement[], indent: string): string[] {
    const uses = countUses(statements.flatMap(valuesOf));
    const named = new Map<Expr, string>();
    return statements.flatMap((statement) => {
      const lines: string[] = [];
      const value = (expr: Expr) => this.#value(expr, { uses, named, lines, indent });
      lines.push(...this.#statement(statement, indent, value));
      return lines;
    });
  }

  #statement(statement: Statement, indent: string, value: (expr: Expr) => string): string[] {
    switch (statement.kind) {
      case 'store': {
        const target = `${this.#buffer(statement.buffer)}[${this.#index(statement.index, value)}]`;
        return [`${indent}${target} = ${value(statement.value)}`];
      }
      case 'assign':
        return [`${indent}${this.#name(statement.variable)} = ${value(statement.value)}`];
      case 'when':
        return [`${indent}if ${value(statement.condition)}`, ...this.list(statement.body, `${indent}  `)];
      case 'fold':
        return this.#fold(statement, indent);
      case 'loop': {
        const counter = this.#counter(statement.variable);
        const head = `${indent}for ${counter} < ${value(statement.extent)}${statement.simd ? '  # vector' : ''}`;
        return [head, ...this.list(statement.body, `${indent}  `)];
      }
    }
  }

  #fold({ target, identity, loops, value, combine }: Fold, indent: string): string[] {
    const heads = loops.map(({ variable, extent }, depth) => {
      const counter = this.#counter(variable);
      return `${indent}${'  '.repeat(depth)}for ${counter} < ${this.#plain(extent)}`;
    });
    const body: Statement = { kind: 'assign', variable: target, value: combine(k.read(target), value) };
    const start = `${indent}${this.#name(target)} = ${printNumber(identity)}`;
    return [start, ...heads, ...this.list([body], indent + '  '.repeat(loops.length))];
  }

  /** An expression that stands alone, such as the extent of a loop. */
  #plain(expr: Expr): string {
    return this.#value(expr, { uses: new Map(), named: new Map(), lines: [], indent: '' });
  }

  #value(expr: Expr, scope: Scope): string {
    const known = scope.named.get(expr);
    if (known !== undefined) return known;
    const text = this.#expression(expr, (part) => this.#value(part, scope));
    if (expr.kind === 'const' || expr.kind === 'variable' || (scope.uses.get(expr) ?? 0) < 2) return text;
    const name = `v${this.#values++}`;
    scope.lines.push(`${scope.indent}${name} = ${text}`);
    scope.named.set(expr, name);
    return name;
  }

  #expression(expr: Expr, value: (expr: Expr) => string): string {
    if (expr.kind === 'const') return printNumber(expr.value);
    if (expr.kind === 'variable') return this.#name(expr.variable);
    if (expr.kind === 'load') return `${this.#buffer(expr.buffer)}[${this.#index(expr.index, value)}]`;
    const args = expr.args.map(value);
    const plain = neutral(expr.op, args);
    if (plain !== undefined && expr.register === 'i32') return plain;
    const sign = INFIX[expr.op];
    if (sign && args.length === 2) return `(${args.join(` ${sign} `)})`;
    if (expr.op === 'mulAdd') return `(${args[0]} * ${args[1]} + ${args[2]})`;
    if (expr.op === 'convert') return `${expr.register}(${args[0]})`;
    return `${expr.op}(${args.join(', ')})`;
  }

  #index({ constant, terms, dynamic }: Index, value: (expr: Expr) => string): string {
    const parts = terms.map(({ variable, stride }) =>
      stride === 1 ? this.#name(variable) : `${stride}*${this.#name(variable)}`,
    );
    if (dynamic) parts.push(value(dynamic));
    if (constant !== 0 || parts.length === 0) parts.push(String(constant));
    return parts.join(' + ').replaceAll('+ -', '- ');
  }

  #buffer(number: number): string {
    return this.#buffers[number] ?? `buffer${number}`;
  }

  #counter(variable: Variable): string {
    const name = `i${this.#counters++}`;
    this.#names.set(variable, name);
    return name;
  }

  /** `first` and `rows` keep their names, an accumulator gets one. */
  #name(variable: Variable): string {
    const known = this.#names.get(variable);
    if (known !== undefined) return known;
    const isGiven = !/\d$/.test(variable.name);
    const name = isGiven ? variable.name : `t${this.#accumulators++}`;
    this.#names.set(variable, name);
    return name;
  }
}

/** What is known where an expression is printed. */
interface Scope {
  readonly uses: ReadonlyMap<Expr, number>;
  readonly named: Map<Expr, string>;
  readonly lines: string[];
  readonly indent: string;
}

/** The operand that is left where the other changes nothing: places are computed with strides of 1 and starts of 0. */
function neutral(op: OpName, [a, b]: readonly string[]): string | undefined {
  const nothing = op === 'mul' ? '1' : op === 'add' ? '0' : undefined;
  if (nothing === undefined) return undefined;
  return b === nothing ? a : a === nothing ? b : undefined;
}

/** Seven digits are all of a single-precision number that a reader needs. */
function printNumber(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(7)));
}
