import { Command, CommanderError } from 'commander';
import { z } from 'zod';
import { environment } from '#platform';
import { AntlerError, AntlerValueError } from '../util/errors.ts';
import { type AnyCommand, EXIT, type ExitCode } from './command.ts';
import { commands } from './commands/index.ts';
import type { Host } from './host.ts';
import { Output, type TextStream } from './terminal/output.ts';
import { readVersion } from './version.ts';

export interface Streams {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** Whether colours are wanted where a stream is a terminal. */
  readonly colour: boolean;
}

/** Runs one command line, the words after `antler`. @returns the exit code; throws nothing */
export async function runCommandLine(
  words: readonly string[],
  host: Host,
  streams: Streams,
): Promise<number> {
  const run: { code: ExitCode } = { code: EXIT.done };
  const program = buildProgram(streams, async (command, values, json) => {
    const out = new Output({ ...streams, json });
    try {
      run.code = await command.action(values, { out, host });
    } finally {
      out.endLive();
    }
  });
  try {
    await program.parseAsync(words.length > 0 ? [...words] : ['--help'], { from: 'user' });
    return run.code;
  } catch (error) {
    return report(error, words.includes('--debug'), streams);
  }
}

type Act = (command: AnyCommand, values: Readonly<Record<string, unknown>>, json: boolean) => Promise<void>;

function buildProgram(streams: Streams, act: Act): Command {
  const program = new Command('antler')
    .description('Deep learning in TypeScript: train, measure and reproduce the systems of a lecture.')
    .version(readVersion(), '-V, --version', 'print the version')
    .option('--json', 'print the result as JSON on the last line of stdout')
    .option('--debug', 'print where an error came from')
    .exitOverride()
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      // Errors are printed once, by `report`.
      writeErr: () => undefined,
      getOutHelpWidth: () => streams.stdout.columns ?? 100,
    });
  for (const command of commands) addCommand(program, command, act);
  return program;
}

function addCommand(program: Command, command: AnyCommand, act: Act): void {
  const parser = program.command(command.name).description(command.summary);
  const names = Object.keys(command.arguments.shape);
  for (const [name, field] of Object.entries(command.arguments.shape)) {
    const optional = field.safeParse(undefined).success;
    parser.argument(optional ? `[${kebab(name)}]` : `<${kebab(name)}>`, describe(field).description);
  }
  for (const [name, field] of Object.entries(command.options.shape)) {
    const { description, placeholder } = describe(field);
    parser.option(`--${kebab(name)}${placeholder === undefined ? '' : ` <${placeholder}>`}`, description);
  }
  const examples = command.examples.map((line) => `  $ ${line}`);
  if (examples.length > 0) parser.addHelpText('after', `\nExamples:\n${examples.join('\n')}`);
  parser.action(async () => {
    const positional = Object.fromEntries(names.map((name, index) => [name, parser.args[index]]));
    const values = {
      ...check(command.arguments, positional, (name) => `<${kebab(name)}>`, command.name),
      ...check(command.options, parser.opts(), (name) => `--${kebab(name)}`, command.name),
    };
    await act(command, values, program.opts<{ json?: boolean }>().json === true);
  });
}

function describe(field: z.ZodType): { description: string; placeholder: string | undefined } {
  const meta =
    field.meta() ?? (field instanceof z.ZodOptional ? z.globalRegistry.get(field.unwrap() as z.ZodType) : {});
  const placeholder = meta?.placeholder;
  return {
    description: meta?.description ?? '',
    placeholder: typeof placeholder === 'string' ? placeholder : undefined,
  };
}

function check(
  fields: z.ZodObject,
  values: Readonly<Record<string, unknown>>,
  label: (name: string) => string,
  command: string,
): Record<string, unknown> {
  const checked = fields.safeParse(values);
  if (checked.success) return checked.data;
  const [issue] = checked.error.issues;
  const name = String(issue?.path[0]);
  throw new AntlerValueError({
    where: label(name),
    expected: values[name] === undefined ? 'a value' : (issue?.message ?? 'another value'),
    got: values[name] === undefined ? 'none' : `'${values[name]}'`,
    fix: `run antler ${command} --help`,
  });
}

/** epochsPerDay to epochs-per-day. */
function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** One message for a person; the stack only with `--debug`. */
function report(error: unknown, debug: boolean, { stderr }: Streams): number {
  if (error instanceof CommanderError) return reportUsage(error, stderr);
  const mistake = error instanceof AntlerError;
  const message = error instanceof Error ? error.message : String(error);
  stderr.write(`antler: ${message}\n`);
  if (debug && error instanceof Error) stderr.write(`${error.stack}\nNode ${environment().version}\n`);
  if (!mistake && !debug)
    stderr.write('This is a fault of Antler, not yours; --debug shows where it happened.\n');
  return mistake ? EXIT.mistake : EXIT.missed;
}

function reportUsage({ code, exitCode, message }: CommanderError, stderr: TextStream): number {
  if (exitCode === 0 || code === 'commander.help') return EXIT.done;
  stderr.write(
    `antler: ${message.replace(/^error: /, '').replace(/\n\(Did you mean (.*)\?\)/, "; did you mean '$1'?")}\n`,
  );
  return EXIT.mistake;
}
