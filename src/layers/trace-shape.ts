import type { Tensor } from '../tensor/tensor.ts';
import { withTrace } from '../tensor/trace.ts';
import { tracedInput } from '../tensor/traced-input.ts';
import { at } from '../util/errors.ts';
import type { Shape } from '../util/shapes.ts';
import type { BatchShape } from './batch-shape.ts';
import type { Parts } from './several.ts';
import type { TensorSpec } from './symbolic-tensor.ts';

/** Extents that stand in for an unknown batch, and for other unknown axes. */
interface Probe {
  readonly batch: number;
  readonly other: number;
}

/** Two probes: extents of the result that differ between them depend on what is not known. */
const PROBES: readonly Probe[] = [
  { batch: 2, other: 64 },
  { batch: 3, other: 128 },
];

let probes = 0;

/** Whether layers are called for the sake of shapes alone. */
export function isProbing(): boolean {
  return probes > 0;
}

/** The result of a function for traced inputs; nothing is computed, and no variable changes. */
export function traceCall<Result>(
  specs: Parts<TensorSpec>,
  probe: Probe,
  call: (inputs: Parts<Tensor>) => Result,
): { readonly inputs: readonly Tensor[]; readonly result: Result } {
  const inputs = specs.items.map(({ shape, dtype }) => tracedInput({ shape: fill(shape, probe), dtype }));
  const record = { reads: new Map(), writes: new Map() };
  probes++;
  try {
    return { inputs, result: withTrace(record, () => call({ ...specs, items: inputs })) };
  } finally {
    probes--;
  }
}

/** Shapes and dtypes that a function gives for inputs; an extent is null where it depends on an unknown one. */
export function traceOutputs(
  specs: Parts<TensorSpec>,
  call: (inputs: Parts<Tensor>) => Parts<Tensor>,
): Parts<TensorSpec> {
  const [first, second] = PROBES.map((probe) => traceCall(specs, probe, call).result) as [
    Parts<Tensor>,
    Parts<Tensor>,
  ];
  const items = first.items.map(({ shape, dtype }, i) => ({
    shape: shape.map((extent, axis) => (extent === at(second.items, i).shape[axis] ? extent : null)),
    dtype,
  }));
  return { ...first, items };
}

function fill(shape: BatchShape, { batch, other }: Probe): Shape {
  return shape.map((extent, axis) => extent ?? (axis === 0 ? batch : other));
}
