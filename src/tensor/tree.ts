import { at } from '../util/errors.ts';
import { Tensor } from './tensor.ts';

/** Tensors in nested arrays and plain objects. */
export type Tree = Tensor | readonly Tree[] | { readonly [key: string]: Tree };

/** Leaves in the places of other leaves. */
type Rebuild = (leaves: readonly unknown[]) => unknown;

/** A shape of nested containers, with every leaf replaced by its index. */
export interface Structure {
  readonly leaves: readonly unknown[];
  /** Puts other leaves in the places of the old. */
  readonly rebuild: Rebuild;
  /** Equal for equal structures. */
  readonly key: string;
}

/** Takes nested containers apart: leaves in order, and how to put them together again. */
export function takeApart(value: unknown): Structure {
  const leaves: unknown[] = [];
  const key = listLeaves(value, leaves);
  return { leaves, key, rebuild: rebuilder(value, { next: 0 }) };
}

/** Appends the leaves of nested containers to `leaves`, in order; gives the key of their structure. */
export function listLeaves(value: unknown, leaves: unknown[]): string {
  if (Array.isArray(value)) return `[${value.map((item) => listLeaves(item, leaves)).join()}]`;
  if (isPlainObject(value)) {
    const parts = Object.keys(value).map((name) => `${quoted(name)}:${listLeaves(value[name], leaves)}`);
    return `{${parts.join()}}`;
  }
  leaves.push(value);
  return '*';
}

/** The same containers, the keys of objects in the order that they have in `like`. */
export function inKeyOrderOf(like: unknown, value: unknown): unknown {
  if (Array.isArray(like) && Array.isArray(value)) return value.map((item, i) => inKeyOrderOf(like[i], item));
  if (!isPlainObject(like) || !isPlainObject(value)) return value;
  const names = new Set(
    [...Object.keys(like), ...Object.keys(value)].filter((name) => Object.hasOwn(value, name)),
  );
  return Object.fromEntries([...names].map((name) => [name, inKeyOrderOf(like[name], value[name])]));
}

/** A word needs no quotes to be told apart from the signs around it. */
function quoted(name: string): string {
  return /^\w+$/.test(name) ? name : JSON.stringify(name);
}

function rebuilder(value: unknown, count: { next: number }): Rebuild {
  if (Array.isArray(value)) {
    const parts = value.map((item) => rebuilder(item, count));
    return (leaves) => parts.map((part) => part(leaves));
  }
  if (isPlainObject(value)) {
    const parts = Object.entries(value).map(([name, item]) => [name, rebuilder(item, count)] as const);
    return (leaves) => Object.fromEntries(parts.map(([name, part]) => [name, part(leaves)]));
  }
  const index = count.next++;
  return (leaves) => at(leaves, index);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || value instanceof Tensor) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
