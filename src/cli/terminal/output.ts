import { stripVTControlCharacters, styleText } from 'node:util';

/** A stream of text, with what a terminal adds. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface OutputStreams {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  /** `--json`: stdout carries the result alone, and everything for people goes to stderr. */
  readonly json: boolean;
  /** Whether colours are wanted where the stream is a terminal. */
  readonly colour: boolean;
}

type Style = Parameters<typeof styleText>[0];

/** Where a command writes: lines for people, one live line, and one result for programs. */
export class Output {
  readonly json: boolean;
  readonly #stdout: TextStream;
  readonly #people: TextStream;
  readonly #colour: boolean;
  #live = '';

  constructor({ stdout, stderr, json, colour }: OutputStreams) {
    this.json = json;
    this.#stdout = stdout;
    this.#people = json ? stderr : stdout;
    this.#colour = colour && this.#people.isTTY === true;
  }

  /** Whether a line can be written over. */
  get isLive(): boolean {
    return this.#people.isTTY === true;
  }

  /** A line for people. */
  line(text = ''): void {
    this.#people.write(`${this.#eraser()}${text}\n`);
    this.#live = '';
  }

  /** Replaces the live line; nothing where there is no terminal. */
  live(text: string): void {
    if (!this.isLive) return;
    const shown = clip(text, (this.#people.columns ?? 80) - 1);
    this.#people.write(this.#eraser() + shown);
    this.#live = shown;
  }

  /** Removes the live line. */
  endLive(): void {
    this.#people.write(this.#eraser());
    this.#live = '';
  }

  /** The result for programs, the last line of stdout; printed only with `--json`. */
  result(value: unknown): void {
    this.endLive();
    if (this.json) this.#stdout.write(`${JSON.stringify(value)}\n`);
  }

  /** Colours and weights where there is a terminal that wants them. */
  style(format: Style, text: string): string {
    return this.#colour ? styleText(format, text, { validateStream: false }) : text;
  }

  #eraser(): string {
    return this.#live === '' ? '' : '\r\u001b[2K';
  }
}

/** Cuts a line that would wrap: a wrapped line cannot be written over. */
function clip(text: string, columns: number): string {
  const plain = stripVTControlCharacters(text);
  return plain.length <= columns ? text : plain.slice(0, columns);
}
