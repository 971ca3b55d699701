import type { DType, TypedArray } from '../../util/dtypes.ts';

/** An array in an HDF5 file. */
export interface Hdf5Dataset {
  readonly kind: 'dataset';
  readonly dtype: DType;
  readonly shape: readonly number[];
  /** Row-major. */
  readonly data: TypedArray;
}

/** A folder of an HDF5 file; the file itself is one. */
export interface Hdf5Group {
  readonly kind: 'group';
  /** Texts and lists of texts; model files have no others. */
  readonly attributes: Map<string, string | readonly string[]>;
  readonly members: Map<string, Hdf5Group | Hdf5Dataset>;
}

/** A group without members. */
export function emptyGroup(attributes: Readonly<Record<string, string | readonly string[]>> = {}): Hdf5Group {
  return { kind: 'group', attributes: new Map(Object.entries(attributes)), members: new Map() };
}

/** The group at a path below another, made where it is missing. */
export function groupAt(root: Hdf5Group, path: readonly string[]): Hdf5Group {
  let group = root;
  for (const name of path) {
    const known = group.members.get(name);
    const next = known?.kind === 'group' ? known : emptyGroup();
    if (next !== known) group.members.set(name, next);
    group = next;
  }
  return group;
}

/** What is at a path below a group, if anything. */
export function memberAt(root: Hdf5Group, path: readonly string[]): Hdf5Group | Hdf5Dataset | undefined {
  let member: Hdf5Group | Hdf5Dataset | undefined = root;
  for (const name of path) member = member?.kind === 'group' ? member.members.get(name) : undefined;
  return member;
}
