import { readdirSync } from 'node:fs';
import * as antler from 'antler';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeGolden, type GoldenArray, readGolden } from '../support/golden.ts';
import { firstDifference } from '../support/tolerances.ts';

type Argument =
  | { readonly array: GoldenArray }
  | { readonly arrays: readonly GoldenArray[] }
  | { readonly number: string }
  | { readonly record: Readonly<Record<string, Argument>> }
  | { readonly plain: unknown };

interface Case {
  readonly op: string;
  readonly args: readonly Argument[];
  readonly expected: readonly GoldenArray[];
  /** The op gives several tensors, as an array or under names. */
  readonly several: boolean;
}

type Result = antler.Tensor | readonly antler.Tensor[] | Readonly<Record<string, antler.Tensor>>;

type Op = (...args: readonly unknown[]) => Result | Promise<Result>;

/** Every fixture of ops but `factors`, which has a test of its own. */
const FILES = readdirSync(new URL('fixtures/ops', import.meta.url))
  .map((name) => name.replace('.json', ''))
  .filter((name) => name !== 'factors')
  .sort();

/** Ops that take functions apply these in their golden cases. */
const PROGRAMS: Readonly<Record<string, Op>> = {
  scan: (start, steps, options) =>
    antler.scan(
      (carry: antler.Tensor, x: antler.Tensor) => [carry.add(x).tanh(), carry.mul(x)],
      start as antler.Tensor,
      steps as antler.Tensor,
      options as antler.ScanOptions,
    ),
  whileLoop: (...start) =>
    antler.whileLoop(
      ([, value]) => value.notEqual(1),
      ([count, value]): [antler.Tensor, antler.Tensor] => [
        count.add(1),
        antler.where(value.mod(2).equal(0), value.floorDiv(2), value.mul(3).add(1)),
      ],
      start as [antler.Tensor, antler.Tensor],
    ),
  cond: (predicate, x) =>
    antler.cond(
      predicate as antler.Tensor,
      (v: antler.Tensor) => v.sin(),
      (v: antler.Tensor) => v.mul(v),
      x as antler.Tensor,
    ),
};

function tensorOf(golden: GoldenArray): antler.Tensor {
  const { data, dtype } = decodeGolden(golden);
  return antler.tensor(data, golden.shape, dtype);
}

function argumentOf(argument: Argument): unknown {
  if ('array' in argument) return tensorOf(argument.array);
  if ('arrays' in argument) return argument.arrays.map(tensorOf);
  if ('record' in argument) {
    return Object.fromEntries(
      Object.entries(argument.record).map(([key, value]) => [key, argumentOf(value)]),
    );
  }
  return 'number' in argument ? Number(argument.number) : argument.plain;
}

function titleOf({ op, args }: Case): string {
  const texts = args.map((argument) => {
    if ('array' in argument) return `${argument.array.dtype}[${argument.array.shape}]`;
    if ('arrays' in argument) return `${argument.arrays.length} arrays`;
    if ('number' in argument) return argument.number;
    return JSON.stringify('record' in argument ? Object.keys(argument.record) : argument.plain);
  });
  return `${op}(${texts.join(', ')})`;
}

describe.each(['reference', 'wasm'] as const)('ops on %s', (backend) => {
  beforeAll(() => {
    antler.setBackend(backend);
  });

  describe.each(FILES)('%s', (file) => {
    it.each(readGolden<Case[]>(`ops/${file}.json`).map((golden) => [titleOf(golden), golden] as const))(
      '%s',
      async (_title, golden) => {
        const op = PROGRAMS[golden.op] ?? (antler as unknown as Record<string, Op>)[golden.op];
        const result = await op?.(...golden.args.map(argumentOf));
        const isSingle = result instanceof antler.Tensor;
        expect(isSingle).toBe(!golden.several);
        const results: antler.Tensor[] = isSingle ? [result] : Object.values(result ?? {});
        expect(results.length).toBe(golden.expected.length);
        golden.expected.forEach((want, i) => {
          const got = results[i];
          expect(got?.shape).toEqual(want.shape);
          expect(got?.dtype).toBe(want.dtype);
          const actual = got?.dataSync() ?? [];
          const { data, dtype } = decodeGolden(want);
          const wrong = firstDifference(actual, data, dtype);
          expect(wrong, `element ${wrong}: ${actual[wrong]} instead of ${data[wrong]}`).toBe(-1);
        });
      },
    );
  });
});
