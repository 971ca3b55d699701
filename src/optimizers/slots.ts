import { full } from '../ops/create.ts';
import { Variable } from '../tensor/variable.ts';
import { invariant } from '../util/errors.ts';
import type { Shape } from '../util/shapes.ts';

/** A tensor kept beside a variable. */
export interface SlotSpec {
  readonly name: string;
  /** Default that of the variable. */
  readonly shape?: Shape;
  /** Value of all elements at first. Default 0. */
  readonly initial?: number;
}

/** Slots that stand together for each variable; groups are listed one after the other. */
export type SlotGroup = readonly (string | SlotSpec)[];

interface Slot {
  readonly group: number;
  readonly variable: Variable;
}

/** What an optimizer keeps beside variables. */
export class SlotTable {
  readonly #groupsOf: (variable: Variable) => readonly SlotGroup[];
  #slots: ReadonlyMap<Variable, readonly Slot[]> = new Map();

  constructor(groupsOf: (variable: Variable) => readonly SlotGroup[]) {
    this.#groupsOf = groupsOf;
  }

  /** All slots in Keras's order: group by group, and in each variable by variable. */
  get variables(): readonly Variable[] {
    const all = [...this.#slots.values()].flat();
    const ordered = all.toSorted((a, b) => a.group - b.group);
    return ordered.map(({ variable }) => variable);
  }

  /** The variables that have slots. */
  get owners(): readonly Variable[] {
    return [...this.#slots.keys()];
  }

  /** Makes slots of variables that have none, keeps those of known ones, and forgets all others. */
  build(variables: readonly Variable[]): void {
    const known = this.#slots;
    this.#slots = new Map(
      variables.map((variable) => [variable, known.get(variable) ?? this.#make(variable)]),
    );
  }

  /** The slots of a variable, group after group. */
  of(variable: Variable): readonly Variable[] {
    const slots = this.#slots.get(variable);
    invariant(slots, `${variable.name} is not among the variables the optimizer was built for`);
    return slots.map((slot) => slot.variable);
  }

  #make(owner: Variable): Slot[] {
    return this.#groupsOf(owner).flatMap((specs, group) =>
      specs.map((spec) => ({ group, variable: slotOf(owner, spec) })),
    );
  }
}

function slotOf({ name, shape, dtype }: Variable, spec: string | SlotSpec): Variable {
  const own: SlotSpec = typeof spec === 'string' ? { name: spec } : spec;
  return new Variable(full(own.shape ?? shape, own.initial ?? 0, dtype), {
    name: `${name}/${own.name}`,
    trainable: false,
  });
}
