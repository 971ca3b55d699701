/** What the command line asks of the process around it; a test hands in its own. */
export interface Host {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds of a clock that only goes forward. */
  elapsed(): number;
  /** Calls `listener` at every Ctrl-C until the returned function is called. */
  onInterrupt(listener: () => void): () => void;
  /** Bytes of memory this process holds. */
  residentBytes(): number;
  /** Ends the process at once. */
  quit(code: number): never;
}

/** The real process. */
export const nodeHost: Host = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  onInterrupt(listener) {
    process.on('SIGINT', listener);
    return () => process.off('SIGINT', listener);
  },
  residentBytes: () => process.memoryUsage().rss,
  quit: (code) => process.exit(code),
};
