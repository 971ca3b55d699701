import type { ElementContext } from './transform.ts';

/** The first message to a worker of `Dataset.map`. */
export interface MapWorkerStart {
  /** URL of a module. */
  readonly module: string;
  /** Name of a function that it exports. */
  readonly exportName: string;
}

/** Every later message to it. */
export interface MapRequest {
  readonly id: number;
  readonly element: unknown;
  readonly context: ElementContext;
}

/** Its answer. */
export type MapReply =
  | { readonly id: number; readonly result: unknown }
  | { readonly id: number; readonly error: string };
