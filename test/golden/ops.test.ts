import * as antler from 'antler';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeGolden, type GoldenArray, readGolden } from '../support/golden.ts';
import { firstDifference } from '../support/tolerances.ts';

type Argument =
  | { readonly array: GoldenArray }
  | { readonly arrays: readonly GoldenArray[] }
  | { readonly number: string }
  | { readonly plain: unknown };

interface Case {
  readonly op: string;
  readonly args: readonly Argument[];
  readonly expected: readonly GoldenArray[];
  /** The op gives several tensors, as an array or under names. */
  readonly several: boolean;
}

type Result = antler.Tensor | readonly antler.Tensor[] | Readonly<Record<string, antler.Tensor>>;

type Op = (...args: readonly unknown[]) => Result;

const FILES = [
  ...['arithmetic', 'math', 'compare', 'reduce', 'shape', 'linalg', 'nn', 'conv', 'pool'],
  ...[
    'functions',
    'cumulative',
    'places',
    'sorting',
    'resize',
    'images',
    'convolutions',
    'matrices',
    'fourier',
  ],
];

function tensorOf(golden: GoldenArray): antler.Tensor {
  const { data, dtype } = decodeGolden(golden);
  return antler.tensor(data, golden.shape, dtype);
}

function argumentOf(argument: Argument): unknown {
  if ('array' in argument) return tensorOf(argument.array);
  if ('arrays' in argument) return argument.arrays.map(tensorOf);
  return 'number' in argument ? Number(argument.number) : argument.plain;
}

function titleOf({ op, args }: Case): string {
  const texts = args.map((argument) => {
    if ('array' in argument) return `${argument.array.dtype}[${argument.array.shape}]`;
    if ('arrays' in argument) return `${argument.arrays.length} arrays`;
    return 'number' in argument ? argument.number : JSON.stringify(argument.plain);
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
      (_title, golden) => {
        const op = (antler as unknown as Record<string, Op>)[golden.op];
        const result = op?.(...golden.args.map(argumentOf));
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
