import { z } from 'zod';

/**
 * How the benchmark talks to a measured program: one JSON object a line, on its stdin and back on its stdout. The
 * program says hello, then answers every request with one line, and ends when its stdin ends. Its last argument is the
 * number of threads.
 */
export type Request = OpenRequest | RunRequest;

/** Prepare some work; what was open before is dropped. */
export interface OpenRequest {
  readonly do: 'open';
  /** The kind of work, `lenet-train`. */
  readonly case: string;
  /** Its sizes, `{ batch: 128 }`. */
  readonly parameters: Parameters;
}

/** Do the open work so many times, and say how long it took. */
export interface RunRequest {
  readonly do: 'run';
  readonly iterations: number;
}

export type Parameters = Readonly<Record<string, number>>;

/** The program is there. */
const Hello = z.object({
  hello: z.object({
    /** Versions by name of all that matters: `{ pytorch: '1.13.0' }`. */
    versions: z.record(z.string(), z.string()),
    /** Why a comparison with it would not be fair. */
    unfair: z.string().optional(),
  }),
});
/** The library is not installed; the text names what is missing. */
const Missing = z.object({ missing: z.string() });
const Ready = z.object({ ready: z.literal(true) });
/** The program cannot do this work; the text says why. */
const Refused = z.object({ refused: z.string() });
const Timed = z.object({ seconds: z.number().positive() });
/** An error; the text is its message. */
const Failed = z.object({ failed: z.string() });

/** The first line of a program. */
export const Greeting = z.union([Hello, Missing, Failed]);
export const OpenReply = z.union([Ready, Refused, Failed]);
export const RunReply = z.union([Timed, Failed]);

/** What a program that is there says of itself. */
export type Introduction = z.output<typeof Hello>['hello'];
