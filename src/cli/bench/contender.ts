import { AntlerResourceError } from '../../util/errors.ts';
import { LineProcess } from './line-process.ts';
import { type Absence, type Command, type Places, PROGRAMS } from './programs.ts';
import {
  Greeting,
  type Introduction,
  OpenReply,
  type OpenRequest,
  type Request,
  RunReply,
} from './protocol.ts';
import type { ProgramName } from './suite.ts';

/** The slowest answer so far is a step of TensorFlow.js in plain JavaScript: 15 s where nothing else runs. */
const PATIENCE_SECONDS = 120;

/** A started program and what it said of itself. */
export interface Contender {
  readonly process: LineProcess;
  readonly introduction: Introduction;
}

/** Starts a program. @returns why there is none, where it cannot start or lacks its library */
export async function startContender(
  name: ProgramName,
  threads: number,
  places: Places,
): Promise<Contender | Absence> {
  const { title, install, start } = PROGRAMS[name];
  const command: Command | Absence = start(places);
  if ('missing' in command) return command;
  const process = new LineProcess({
    name: title,
    command: command.command,
    args: [...command.args, `${threads}`],
    patienceSeconds: PATIENCE_SECONDS,
  });
  const reply = await process.receive(Greeting);
  if ('hello' in reply) return { process, introduction: reply.hello };
  await process.close();
  if ('missing' in reply) return { missing: `not installed (${reply.missing}): ${install}` };
  throw failure(title, reply.failed);
}

/** Has the program prepare some work. @returns the reason, if it cannot do that kind of work */
export async function open(contender: Contender, request: OpenRequest): Promise<string | undefined> {
  const reply = await ask(contender, request, OpenReply);
  return 'refused' in reply ? reply.refused : undefined;
}

/** Has the program do the open work so many times. @returns seconds */
export async function run(contender: Contender, iterations: number): Promise<number> {
  const { seconds } = await ask(contender, { do: 'run', iterations }, RunReply);
  return seconds;
}

type Answer<Reply> = Exclude<Reply, { failed: string }>;

async function ask<Reply extends object>(
  { process }: Contender,
  request: Request,
  schema: Parameters<typeof process.receive<Reply>>[0],
): Promise<Answer<Reply>> {
  process.send(request);
  const reply = await process.receive(schema);
  if ('failed' in reply) throw failure(JSON.stringify(request), String(reply.failed));
  return reply as Answer<Reply>;
}

function failure(where: string, message: string): AntlerResourceError {
  return new AntlerResourceError({ where, expected: 'a measurement', got: message });
}
