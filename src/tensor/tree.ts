import { at } from '../util/errors.ts';
import { Tensor } from './tensor.ts';

/** Tensors in nested arrays and plain objects. */
export type Tree = Tensor | readonly Tree[] | { readonly [key: string]: Tree };

/** A shape of nested containers, with every leaf replaced by its index. */
export interface Structure {
  readonly leaves: readonly unknown[];
  /** Puts other leaves in the places of the old. */
  rebuild(leaves: readonly unknown[]): unknown;
  /** Equal for equal structures. */
  readonly key: string;
}

/** Takes nested containers apart: leaves in order, and how to put them together again. */
export function takeApart(value: unknown): Structure {
  const leaves: unknown[] = [];
  const { key, rebuild } = visit(value, leaves);
  return { leaves, key, rebuild };
}

interface Part {
  readonly key: string;
  rebuild(leaves: readonly unknown[]): unknown;
}

function visit(value: unknown, leaves: unknown[]): Part {
  if (Array.isArray(value)) {
    const parts = value.map((item) => visit(item, leaves));
    return {
      key: `[${parts.map(({ key }) => key).join()}]`,
      rebuild: (found) => parts.map((part) => part.rebuild(found)),
    };
  }
  if (isPlainObject(value)) {
    const parts = Object.entries(value).map(([name, item]) => [name, visit(item, leaves)] as const);
    return {
      key: `{${parts.map(([name, { key }]) => `${JSON.stringify(name)}:${key}`).join()}}`,
      rebuild: (found) => Object.fromEntries(parts.map(([name, part]) => [name, part.rebuild(found)])),
    };
  }
  const index = leaves.push(value) - 1;
  return { key: '*', rebuild: (found) => at(found as unknown[], index) };
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || value instanceof Tensor) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
