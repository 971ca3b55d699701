import type { Context } from '../../src/cli/command.ts';
import { Output } from '../../src/cli/terminal/output.ts';

/** A process in which somebody presses Ctrl-C when a line is written that matches. */
export function fakeContext(interruptAt?: RegExp): { context: Context; lines: string[] } {
  const lines: string[] = [];
  let interrupt: (() => void) | undefined;
  let time = 0;
  const write = (text: string) => {
    lines.push(text.trimEnd());
    if (interruptAt?.test(text)) interrupt?.();
  };
  const out = new Output({ stdout: { write }, stderr: { write }, json: false, colour: false });
  const host = {
    now: () => Date.UTC(2026, 7, 1),
    elapsed: () => {
      time += 10;
      return time;
    },
    residentBytes: () => 3e8,
    onInterrupt(listener: () => void) {
      interrupt = listener;
      return () => {
        interrupt = undefined;
      };
    },
    quit: (): never => {
      throw new Error('the process ended');
    },
  };
  return { context: { out, host }, lines };
}
