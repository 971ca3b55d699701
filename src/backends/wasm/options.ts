export interface WasmOptions {
  /** How many threads compute; the default is the number of cores, and 1 where memory cannot be shared. */
  readonly threads?: number;
  /** Fused multiply-add where the engine has it (default true). Off, the bits are equal on every machine. */
  readonly relaxedSimd?: boolean;
}
