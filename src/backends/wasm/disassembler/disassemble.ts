import { at } from '../../../util/errors.ts';
import type { ByteReader } from './byte-reader.ts';
import { constantText, type InstructionContext, instructionLines } from './instruction-text.ts';
import { identifiers, readNames } from './names.ts';
import { instructionsByOpcode } from './opcodes.ts';
import { readImport, readSignature, readType, SECTION, Sections, type Signature } from './sections.ts';

/**
 * The text format of a module that the encoder has made. It can be assembled again to the same code.
 * WebAssembly core specification, chapters 5 and 6.
 */
export function disassemble(bytes: Uint8Array): string {
  const sections = new Sections(bytes);
  const types = sections.items(SECTION.type, readSignature);
  const imports = sections.items(SECTION.import, readImport);
  const importedTypes = imports.flatMap(({ type }) => (type === undefined ? [] : [at(types, type)]));
  const ownTypes = sections.items(SECTION.function, (reader) => at(types, reader.unsigned()));
  const names = readNames(sections.names);
  const signatures = [...importedTypes, ...ownTypes];
  const functions = identifiers(signatures.map((_, i) => names.functions.get(i) ?? `f${i}`));
  const context = { table: instructionsByOpcode(), functions, locals: [] };
  let imported = 0;
  const start = sections.get(SECTION.start);
  return [
    '(module',
    ...imports.map(({ module, name, type, memory }) => {
      const what =
        type === undefined
          ? memory
          : `(func ${at(functions, imported++)}${signatureText(at(types, type), [])})`;
      return `  (import "${module}" "${name}" ${what})`;
    }),
    ...sections.items(SECTION.global, (reader) => globalLine(reader, context)),
    ...sections.items(SECTION.export, (reader) => exportLine(reader, functions)),
    ...(start ? [`  (start ${at(functions, start.unsigned())})`] : []),
    ...sections.items(SECTION.code, (reader, own) => {
      const index = importedTypes.length + own;
      const signature = at(ownTypes, own);
      return functionText(reader.sized(), index, signature, names.locals.get(index) ?? new Map(), context);
    }),
    ')\n',
  ].join('\n');
}

function signatureText({ parameters, results }: Signature, locals: readonly string[]): string {
  const named = parameters.map((type, i) => ` (param ${[...locals.slice(i, i + 1), type].join(' ')})`);
  return named.join('') + results.map((type) => ` (result ${type})`).join('');
}

function globalLine(reader: ByteReader, context: InstructionContext): string {
  const type = readType(reader);
  reader.skip(1); // always mutable
  const initial = constantText(reader, context);
  reader.skip(1); // end
  return `  (global (mut ${type}) (${initial}))`;
}

function exportLine(reader: ByteReader, functions: readonly string[]): string {
  const name = reader.name();
  reader.skip(1); // always a function
  return `  (export "${name}" (func ${at(functions, reader.unsigned())}))`;
}

function functionText(
  code: ByteReader,
  index: number,
  signature: Signature,
  names: ReadonlyMap<number, string>,
  context: InstructionContext,
): string {
  const count = signature.parameters.length;
  const types = code.vector(() => {
    const times = code.unsigned();
    return new Array<string>(times).fill(readType(code));
  });
  const own = types.flat();
  const locals = identifiers([
    ...signature.parameters.map((_, i) => names.get(i) ?? `p${i}`),
    ...own.map((type, i) => names.get(count + i) ?? `${type}.${count + i}`),
  ]);
  const declared = own.map((type, i) => ` (local ${at(locals, count + i)} ${type})`);
  return [
    `  (func ${at(context.functions, index)}${signatureText(signature, locals)}`,
    ...(declared.length > 0 ? [`   ${declared.join('')}`] : []),
    ...instructionLines(code, { ...context, locals }).map((line) => `  ${line}`),
    '  )',
  ].join('\n');
}
