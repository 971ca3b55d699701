import { DTYPES } from '../util/dtypes.ts';
import { AntlerValueError } from '../util/errors.ts';
import { shown } from '../util/shown.ts';
import { requireKnownOptions, unknownName } from '../util/suggest.ts';

/** Float types that tensors have. */
export type FloatDType = 'float32' | 'float64';

/** In which float types a layer keeps its weights, and computes. As Keras's `DTypePolicy`. */
export interface DTypePolicy {
  /** Of weights. */
  readonly variableDtype: FloatDType;
  /** Of inputs, weights inside of `call`, and results. */
  readonly computeDtype: FloatDType;
}

/** One float type for everything, or a policy. */
export type DTypePolicyLike = FloatDType | DTypePolicy;

/** Policies by name, those too whose types no backend stores yet. */
const NAMED: Readonly<Record<string, { readonly [Use in keyof DTypePolicy]: string }>> = {
  float32: { variableDtype: 'float32', computeDtype: 'float32' },
  float64: { variableDtype: 'float64', computeDtype: 'float64' },
  float16: { variableDtype: 'float16', computeDtype: 'float16' },
  bfloat16: { variableDtype: 'bfloat16', computeDtype: 'bfloat16' },
  mixedFloat16: { variableDtype: 'float32', computeDtype: 'float16' },
  mixedBfloat16: { variableDtype: 'float32', computeDtype: 'bfloat16' },
};

const STORED: readonly string[] = DTYPES.filter((dtype) => dtype.startsWith('float'));

/** @throws AntlerValueError for names and types it does not know, and for types that no backend stores */
export function resolveDTypePolicy(policy: DTypePolicyLike, where: string): DTypePolicy {
  const known: unknown = policy;
  if (typeof known === 'object' && known !== null) return requireTypes(known, where);
  const name = String(known).replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  const found = Object.hasOwn(NAMED, name) ? NAMED[name] : undefined;
  if (!found) throw unknownName({ where, kind: 'a float dtype', name: String(known), known: STORED });
  if (Object.values(found).every((dtype) => STORED.includes(dtype))) return found as DTypePolicy;
  throw new AntlerValueError({
    where,
    expected: `a dtype that backends store (${STORED.join(', ')})`,
    got: shown(known),
    fix: 'no backend stores floats of 16 bits yet: leave dtype out, for float32',
  });
}

function requireTypes(policy: object, where: string): DTypePolicy {
  requireKnownOptions(policy, ['variableDtype', 'computeDtype'], `${where}, dtype`);
  const { variableDtype, computeDtype } = policy as Partial<Record<keyof DTypePolicy, unknown>>;
  for (const [use, dtype] of Object.entries({ variableDtype, computeDtype })) {
    if (STORED.includes(dtype as string)) continue;
    throw unknownName({
      where: `${where}, ${use}`,
      kind: 'a float dtype',
      name: String(dtype),
      known: STORED,
    });
  }
  return { variableDtype, computeDtype } as DTypePolicy;
}

/** The shortest way to write a policy. */
export function plainDTypePolicy({ variableDtype, computeDtype }: DTypePolicy): DTypePolicyLike {
  return variableDtype === computeDtype ? variableDtype : { variableDtype, computeDtype };
}
