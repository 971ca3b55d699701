import { resolveConstraint } from '../../constraints/constraints.ts';
import { type InitializerLike, resolveInitializer } from '../../initializers/resolve.ts';
import { kerasKey } from '../../layers/keras-keys.ts';
import type { PartDescription } from '../../layers/layer-config.ts';
import { type RegularizerLike, resolveRegularizer } from '../../regularizers/regularizers.ts';
import { type Json, type KerasObject, kerasObject } from './keras-object.ts';
import { kerasText } from './option-names.ts';

type Role = 'initializers' | 'regularizers' | 'constraints';

/** What the name of an option says of its value. */
export function roleOf(option: string): Role | undefined {
  const role = /(Initializer|Regularizer|Constraint)$/.exec(option)?.[1];
  return role ? (`${role.toLowerCase()}s` as Role) : undefined;
}

/** An initializer, regularizer or constraint, given by its name or as plain data, as Keras writes it. */
export function partToKeras(part: string | PartDescription, role: Role): KerasObject {
  const { className, config } = typeof part === 'string' ? partNamed(part, role) : part;
  const options = Object.entries(config).map(([name, value]) => [
    kerasKey(name),
    typeof value === 'string' ? kerasText(name, value) : (value as Json),
  ]);
  return kerasObject(`keras.${role}`, className, Object.fromEntries(options));
}

function partNamed(name: string, role: Role): { readonly className: string; readonly config: object } {
  switch (role) {
    case 'initializers':
      return resolveInitializer(name as InitializerLike, role);
    case 'regularizers':
      return resolveRegularizer(name as RegularizerLike, role);
    case 'constraints':
      return resolveConstraint(name as never, role);
  }
}
