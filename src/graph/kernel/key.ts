import { exactJson } from '../graph.ts';
import { type Expr, type Index, k, type Variable } from './expr.ts';
import type { Fold, Statement } from './loops.ts';

/**
 * A text that two lists of statements share exactly when the same code runs them: variables are numbered as they appear,
 * and an expression is written out only where it stands first.
 * @param given variables from outside, in an order of their own
 */
export function statementsKey(statements: readonly Statement[], given: readonly Variable[]): string {
  const writer = new KeyWriter();
  for (const variable of given) writer.variable(variable);
  return writer.list(statements);
}

class KeyWriter {
  readonly #variables = new Map<Variable, string>();
  readonly #expressions = new Map<Expr, string>();

  variable(variable: Variable): string {
    const known = this.#variables.get(variable);
    if (known !== undefined) return known;
    const name = `${variable.register}${this.#variables.size}`;
    this.#variables.set(variable, name);
    return name;
  }

  list(statements: readonly Statement[]): string {
    return statements.map((statement) => this.#statement(statement)).join(';');
  }

  #statement(statement: Statement): string {
    switch (statement.kind) {
      case 'store': {
        const { buffer, dtype, index, value } = statement;
        return `${this.#place(buffer, dtype, index)}=${this.#expression(value)}`;
      }
      case 'assign':
        return `${this.variable(statement.variable)}=${this.#expression(statement.value)}`;
      case 'when':
        return `if ${this.#expression(statement.condition)}{${this.list(statement.body)}}`;
      case 'fold':
        return this.#fold(statement);
      case 'loop': {
        const { variable, extent, simd, body } = statement;
        return `${simd ? 'simd' : 'for'} ${this.#range(variable, extent)}{${this.list(body)}}`;
      }
    }
  }

  #fold({ target, identity, loops, value, combine }: Fold): string {
    const ranges = loops.map(({ variable, extent }) => this.#range(variable, extent));
    const total = this.variable(target);
    return `fold ${total}=${exactJson(identity)} ${ranges.join()}{${this.#expression(combine(k.read(target), value))}}`;
  }

  #range(variable: Variable, extent: Expr): string {
    return `${this.variable(variable)}<${this.#expression(extent)}`;
  }

  #expression(expr: Expr): string {
    if (expr.kind === 'const') return `${expr.register}:${exactJson(expr.value)}`;
    if (expr.kind === 'variable') return this.variable(expr.variable);
    const known = this.#expressions.get(expr);
    if (known !== undefined) return known;
    this.#expressions.set(expr, `#${this.#expressions.size}`);
    if (expr.kind === 'load') return this.#place(expr.buffer, expr.dtype, expr.index);
    return `${expr.op}.${expr.register}(${expr.args.map((arg) => this.#expression(arg)).join()})`;
  }

  #place(buffer: number, dtype: string, { constant, terms, dynamic }: Index): string {
    const parts = terms.map(({ variable, stride }) => `${this.variable(variable)}*${stride}`);
    const moved = dynamic ? `+${this.#expression(dynamic)}` : '';
    return `${dtype}@${buffer}[${constant}+${parts.join('+')}${moved}]`;
  }
}
