import type { ByteWriter } from './byte-writer.ts';
import type { FunctionIndex, FunctionSymbol } from './code.ts';
import type { FunctionBuilder } from './function-builder.ts';

/** Writes the custom section that gives profilers and stack traces the names of functions and locals. */
export function writeNameSection(
  out: ByteWriter,
  symbols: readonly FunctionSymbol[],
  functions: readonly FunctionBuilder[],
  functionIndex: FunctionIndex,
): void {
  const withLocals = functions.filter((item) => item.namedLocals.length > 0);
  out.byte(0);
  out.sized((section) => {
    section.name('name');
    section.byte(1);
    section.sized((to) => {
      to.vector(symbols, (symbol, index) => {
        to.unsigned(index);
        to.name(symbol.name);
      });
    });
    if (withLocals.length === 0) return;
    section.byte(2);
    section.sized((to) => {
      to.vector(withLocals, (item) => {
        to.unsigned(functionIndex(item));
        to.vector(item.namedLocals, (local) => {
          to.unsigned(local.index);
          to.name(local.name);
        });
      });
    });
  });
}
