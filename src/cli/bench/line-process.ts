import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { z } from 'zod';
import { AntlerResourceError } from '../../util/errors.ts';

export interface LineProcessOptions {
  /** Names the program in errors. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** How long an answer may take. */
  readonly patienceSeconds: number;
}

/** A child process that speaks in lines of JSON. What it writes to stderr is kept for error messages. */
export class LineProcess {
  readonly #options: LineProcessOptions;
  readonly #child: ChildProcessByStdio<Writable, Readable, Readable>;
  readonly #lines: AsyncIterator<string>;
  readonly #ended: Promise<void>;
  #complaints = '';
  #startError: Error | undefined;

  constructor(options: LineProcessOptions) {
    this.#options = options;
    this.#child = spawn(options.command, options.args, { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.#child.stderr.on('data', (chunk) => {
      this.#complaints = `${this.#complaints}${chunk}`.slice(-2000);
    });
    this.#child.on('error', (error) => {
      this.#startError = error;
    });
    // A program that died is noticed where its answer is missing.
    this.#child.stdin.on('error', () => undefined);
    this.#ended = new Promise((resolve) => {
      this.#child.on('close', () => resolve());
      this.#child.on('error', () => resolve());
    });
  }

  /** Sends a request. */
  send(request: unknown): void {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
  }

  /**
   * The next line.
   * @throws AntlerResourceError if the program ends, takes too long, or says something else
   */
  async receive<Reply>(schema: z.ZodType<Reply>): Promise<Reply> {
    const { done, value } = await this.#nextLine();
    if (done) {
      await this.#ended;
      throw this.#error(`the end of the program${this.#reason()}`);
    }
    const reply = schema.safeParse(parseJson(value));
    if (reply.success) return reply.data;
    throw this.#error(`'${value.slice(0, 200)}'`);
  }

  /** Lets the program end, and ends it if it does not. */
  async close(): Promise<void> {
    this.#child.stdin.end();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 3000);
    await this.#ended;
    clearTimeout(timer);
  }

  async #nextLine(): Promise<IteratorResult<string>> {
    const { patienceSeconds } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    const tooLate = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(this.#error(`none within ${patienceSeconds} s`)),
        patienceSeconds * 1000,
      );
    });
    try {
      return await Promise.race([this.#lines.next(), tooLate]);
    } finally {
      clearTimeout(timer);
    }
  }

  #error(got: string): AntlerResourceError {
    return new AntlerResourceError({ where: this.#options.name, expected: 'an answer', got });
  }

  #reason(): string {
    const last = this.#startError?.message ?? this.#complaints.trim().split('\n').at(-1) ?? '';
    return last === '' ? '' : `: ${last}`;
  }
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
