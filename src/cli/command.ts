import type { z } from 'zod';
import type { Host } from './host.ts';
import type { Output } from './terminal/output.ts';

/**
 * How a command ended; the exit code of the process. A user's mistake is an AntlerError and exits with 2;
 * 130 is what a shell reports for a program that Ctrl-C ended.
 */
export const EXIT = { done: 0, missed: 1, mistake: 2, interrupted: 130 } as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A name and a zod type each; names in camelCase become `--kebab-case`, descriptions become the help. */
export type Fields = Readonly<Record<string, z.ZodType>>;

/** What a command is given to act with. */
export interface Context {
  readonly out: Output;
  readonly host: Host;
}

/** A command of the command line: parsing, checks, defaults and help follow from it. */
export interface Command<Arguments extends Fields = Fields, Options extends Fields = Fields> {
  readonly name: string;
  /** One line for the help. */
  readonly summary: string;
  /** By position, in this order. */
  readonly arguments: z.ZodObject<Arguments>;
  /** By name. `--json` and `--debug` are every command's. */
  readonly options: z.ZodObject<Options>;
  /** Lines shown under the help. */
  readonly examples: readonly string[];
  action(
    values: z.output<z.ZodObject<Arguments>> & z.output<z.ZodObject<Options>>,
    context: Context,
  ): Promise<ExitCode>;
}

/** A command whose action no longer tells what it takes; what the table holds. */
export type AnyCommand = Omit<Command, 'action'> & {
  action(values: Readonly<Record<string, unknown>>, context: Context): Promise<ExitCode>;
};

/** Declares a command. */
export function defineCommand<Arguments extends Fields, Options extends Fields>(
  command: Command<Arguments, Options>,
): AnyCommand {
  return {
    ...command,
    // The parser hands over what `arguments` and `options` have checked, which is what the action asks for.
    action: (values, context) => command.action(values as Parameters<typeof command.action>[0], context),
  } as AnyCommand;
}
