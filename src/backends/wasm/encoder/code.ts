import { invariant } from '../../../util/errors.ts';
import type { ByteWriter } from './byte-writer.ts';
import type { ValueType } from './value-types.ts';

/**
 * A piece of WebAssembly as a rope: bytes, markers, and arrays of them, flattened once when the module is encoded.
 * Pieces are immutable, so one piece may stand in several places.
 */
export type Code = number | Marker | readonly Code[];

/** What only becomes bytes when its surroundings are known. */
type Marker =
  | { readonly mark: 'open'; readonly label: Label | undefined }
  | { readonly mark: 'close' }
  | { readonly mark: 'branch'; readonly label: Label }
  | { readonly mark: 'function'; readonly symbol: FunctionSymbol };

/** Target of a branch; `block` and `loop` bind it, `br` and `brIf` use it inside them. */
export interface Label {
  readonly name: string;
}

/** A function that can be called: defined in the module or imported. Compared by identity. */
export interface FunctionSymbol {
  readonly name: string;
  readonly parameterTypes: readonly ValueType[];
  readonly resultTypes: readonly ValueType[];
}

/** Index of a function in the module that is being encoded. */
export type FunctionIndex = (symbol: FunctionSymbol) => number;

/** A new branch target. The name appears only in our error messages. */
export function label(name = 'label'): Label {
  return { name };
}

/** Writes a rope as bytes, turning labels into relative depths and functions into indices. */
export function writeCode(code: Code, out: ByteWriter, functionIndex: FunctionIndex): void {
  const open: (Label | undefined)[] = [];
  const visit = (piece: Code): void => {
    if (typeof piece === 'number') out.byte(piece);
    else if (isMarker(piece)) writeMarker(piece, out, open, functionIndex);
    else piece.forEach(visit);
  };
  visit(code);
  invariant(open.length === 0, 'a WebAssembly block was opened and not closed');
}

function isMarker(piece: Marker | readonly Code[]): piece is Marker {
  return !Array.isArray(piece);
}

function writeMarker(
  marker: Marker,
  out: ByteWriter,
  open: (Label | undefined)[],
  functionIndex: FunctionIndex,
): void {
  switch (marker.mark) {
    case 'open':
      open.push(marker.label);
      return;
    case 'close':
      open.pop();
      return;
    case 'branch': {
      const position = open.lastIndexOf(marker.label);
      invariant(position >= 0, `branch to "${marker.label.name}" from outside its block`);
      out.unsigned(open.length - 1 - position);
      return;
    }
    case 'function':
      out.unsigned(functionIndex(marker.symbol));
  }
}
