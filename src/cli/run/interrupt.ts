import { EXIT } from '../command.ts';
import type { Host } from '../host.ts';
import type { Output } from '../terminal/output.ts';

/**
 * Runs work that Ctrl-C asks to stop, through the signal; a second Ctrl-C ends the process at once.
 * @returns whether the work went to its end
 */
export async function untilInterrupted(
  host: Host,
  out: Output,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<boolean> {
  const controller = new AbortController();
  const release = host.onInterrupt(() => {
    if (controller.signal.aborted) host.quit(EXIT.interrupted);
    out.line('Stopping after this step; Ctrl-C again to quit at once.');
    controller.abort();
  });
  try {
    await work(controller.signal);
  } finally {
    release();
  }
  return !controller.signal.aborted;
}
