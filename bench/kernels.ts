/**
 * Speed of the tuned WebAssembly kernels, one thread, beside that of the bare register tile.
 *
 *     npm run build && npx tsc -p bench && node .cache/bench/bench/kernels.js [--plain] [part of a name]
 *
 * `--plain` leaves relaxed SIMD out.
 */

import { call, f32x4, ModuleBuilder, v128 } from '../src/backends/wasm/encoder/index.ts';
import { detectWasmFeatures } from '../src/backends/wasm/features.ts';
import {
  type Expansion,
  type KernelStep,
  type StepOperand,
  tunedKernel,
} from '../src/backends/wasm/kernels/index.ts';
import { KernelFunction } from '../src/backends/wasm/kernels/kernel-function.ts';
import { emitTile } from '../src/backends/wasm/kernels/product/tile.ts';
import type { Attrs, Aval } from '../src/graph/node.ts';
import type { LoopPrimitive, Primitive } from '../src/graph/primitive.ts';
import { conv, convInputGradient, convKernelGradient } from '../src/primitives/contraction/conv.ts';
import { matmul } from '../src/primitives/contraction/matmul.ts';
import { poolScatter, poolSelect } from '../src/primitives/contraction/pool-select.ts';
import { poolSpread, poolSum } from '../src/primitives/contraction/pool-sum.ts';
import { type Shape, sizeOf } from '../src/util/shapes.ts';

interface Case {
  readonly name: string;
  readonly primitive: Primitive;
  readonly attrs: Attrs;
  readonly shapes: readonly Shape[];
  /** Useful multiply-adds; of pooling, elements of the images. */
  readonly work: number;
  /** Pooling: moves more than it computes. */
  readonly isPooling?: boolean;
  readonly samePair?: boolean;
}

const args = process.argv.slice(2);
const relaxedSimd = detectWasmFeatures().relaxedSimd && !args.includes('--plain');
const ROUNDS = 40;

function compile(steps: readonly KernelStep[], relaxed: boolean) {
  const module = new ModuleBuilder({ memory: { minimum: 1 } });
  steps.forEach((step, i) => {
    const kernel = step.emit(module, { relaxedSimd: relaxed });
    const main = module.function({ name: `step${i}`, params: kernel.parameterTypes, export: true });
    main.emit(call(kernel, ...main.params.map((param) => param.get)));
  });
  return module.encode();
}

/** Best seconds of each step, and bytes of code. */
function measure(expansion: Expansion, inputSizes: readonly number[], outputSize: number, relaxed: boolean) {
  let end = 64;
  const take = (floats: number) => {
    const start = end;
    end = Math.ceil((end + floats * 4 + 64) / 64) * 64;
    return start;
  };
  const inputs = inputSizes.map(take);
  const temporaries = expansion.temporaries.map(({ size }) => take(size));
  const output = take(outputSize);
  const workspace = take(Math.max(0, ...expansion.steps.map((step) => step.workspaceBytes ?? 0)) / 4);
  const address = ({ role }: StepOperand) =>
    (role.kind === 'output' ? output : (role.kind === 'input' ? inputs : temporaries)[role.index]) ?? 0;
  const memory = new WebAssembly.Memory({ initial: Math.ceil(end / 65_536) });
  const floats = new Float32Array(memory.buffer);
  for (let i = 0; i < floats.length; i++) floats[i] = ((i * 2_654_435_761) % 1000) / 1000 - 0.5;
  const code = compile(expansion.steps, relaxed);
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), { env: { memory } });
  const seconds = expansion.steps.map((step, i) => {
    const run = exports[`step${i}`] as (...args: number[]) => void;
    const args = [
      0,
      step.extent,
      ...step.operands.map(address),
      ...(step.workspaceBytes === undefined ? [] : [workspace]),
    ];
    return best(() => run(...args));
  });
  return { seconds, bytes: code.length };
}

function best(run: () => void): number {
  const started = performance.now();
  let calls = 0;
  while (calls < 20 || performance.now() - started < 60) {
    run();
    calls++;
  }
  const perRound = Math.max(1, Math.round(calls / 60));
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    for (let i = 0; i < perRound; i++) run();
    fastest = Math.min(fastest, (performance.now() - start) / perRound);
  }
  return fastest / 1000;
}

/** GFLOP/s of the bare 4 x 8 tile over a depth that stays in the first-level cache. */
function ceiling(relaxed: boolean): number {
  const [depth, tiles] = [256, 1000];
  const step: KernelStep = {
    name: 'ceiling',
    extent: tiles,
    operands: [0, 1, 2].map((index) => ({ role: { kind: 'input', index }, access: 'whole', mode: 'read' })),
    costPerRow: 1,
    key: '',
    emit: (module, options) => {
      const fn = new KernelFunction(module, options, step);
      const [left, right, output] = [fn.pointer(0), fn.pointer(1), fn.pointer(2)];
      const tile = () =>
        emitTile(fn, {
          rowOffsets: [0, 1024, 2048, 3072],
          vectors: 2,
          walk: { levels: [{ count: depth, stride: 4 }], rightStride: 32 },
          left: left.get,
          right: right.get,
          begin: () => f32x4.const(0, 0, 0, 0),
          end: (row, v, sum) => v128.store(output.get, sum.get, row * 32 + v * 16),
        });
      fn.builder.emit(fn.times(fn.rows.get, tile));
      return fn.builder;
    },
  };
  const { seconds } = measure({ temporaries: [], steps: [step] }, [4096, 4096, 4096], 1, relaxed);
  return (2 * tiles * depth * 32) / (seconds[0] ?? 1) / 1e9;
}

function report(item: Case, peak: number): void {
  const { infer } = item.primitive as LoopPrimitive;
  const distinct = item.shapes.map((shape): Aval => ({ shape, dtype: 'float32' }));
  const inputs = item.samePair ? [...distinct, ...distinct] : distinct;
  const output = infer(inputs, item.attrs);
  const expansion = tunedKernel({ primitive: item.primitive, attrs: item.attrs, inputs, output });
  if (!expansion) return;
  const sizes = item.shapes.map(sizeOf);
  const { seconds, bytes } = measure(expansion, sizes, sizeOf(output.shape), relaxedSimd);
  const total = seconds.reduce((sum, s) => sum + s, 0);
  const speed = item.work / total / 1e9;
  const shown = item.isPooling
    ? `${speed.toFixed(1).padStart(6)} G elements/s`
    : `${(2 * speed).toFixed(1).padStart(6)} GFLOP/s ${((200 * speed) / peak).toFixed(0).padStart(4)} %`;
  const microseconds = seconds.map((s) => (s * 1e6).toFixed(1)).join(' + ');
  console.log(`${item.name.padEnd(44)} ${shown}  ${microseconds} us, ${bytes} B of code`);
}

function product(m: number, k: number, n: number, transposeA = false, transposeB = false): Case {
  return {
    name: `matmul ${m} x ${k} x ${n}${transposeA ? ' At' : ''}${transposeB ? ' Bt' : ''}`,
    primitive: matmul.primitive,
    attrs: { transposeA, transposeB },
    shapes: [transposeA ? [k, m] : [m, k], transposeB ? [n, k] : [k, n]],
    work: m * k * n,
  };
}

interface ConvCase {
  readonly size: number;
  readonly channels: number;
  readonly filters: number;
  readonly window: number;
  readonly stride?: number;
  readonly padding?: number;
}

/** A convolution and its two gradients over 16 images. */
function convolution({ size, channels, filters, window, stride = 1, padding = 0 }: ConvCase): Case[] {
  const out = Math.floor((size + 2 * padding - window) / stride) + 1;
  const [x, w, y] = [
    [16, size, size, channels],
    [window, window, channels, filters],
    [16, out, out, filters],
  ];
  const pads = [padding, padding];
  const attrs = { strides: [stride, stride], padding: [pads, pads], dilation: [1, 1], groups: 1 };
  const title = `${size}x${size}x${channels} ${window}x${window}/${stride} -> ${filters}`;
  const work = 16 * out * out * window * window * channels * filters;
  return [
    { name: `conv ${title}`, primitive: conv.primitive, attrs, shapes: [x, w], work },
    {
      name: `convInputGradient ${title}`,
      primitive: convInputGradient.primitive,
      attrs: { ...attrs, inputShape: x },
      shapes: [y, w],
      work,
    },
    {
      name: `convKernelGradient ${title}`,
      primitive: convKernelGradient.primitive,
      attrs: { ...attrs, kernelShape: w },
      shapes: [x, y],
      work,
    },
  ];
}

/** The pooling operations over 16 images. */
function pooling(size: number, channels: number, window: number, stride: number, padding: number): Case[] {
  const out = Math.floor((size + 2 * padding - window) / stride) + 1;
  const [x, y] = [
    [16, size, size, channels],
    [16, out, out, channels],
  ];
  const pads = [padding, padding];
  const attrs = { window: [window, window], strides: [stride, stride], padding: [pads, pads] };
  const title = `${size}x${size}x${channels} ${window}x${window}/${stride}`;
  const work = sizeOf(x);
  const cases: readonly Case[] = [
    { name: `max ${title}`, primitive: poolSelect.primitive, attrs, shapes: [x], work, samePair: true },
    { name: `poolSelect ${title}`, primitive: poolSelect.primitive, attrs, shapes: [x, x], work },
    { name: `poolScatter ${title}`, primitive: poolScatter.primitive, attrs, shapes: [x, y], work },
    { name: `poolSum ${title}`, primitive: poolSum.primitive, attrs, shapes: [x], work },
    {
      name: `poolSpread ${title}`,
      primitive: poolSpread.primitive,
      attrs: { ...attrs, inputShape: x },
      shapes: [y],
      work,
    },
  ];
  return cases.map((item) => ({ ...item, isPooling: true }));
}

const CASES: readonly Case[] = [
  product(512, 512, 512),
  product(1024, 1024, 1024),
  product(512, 512, 512, true),
  product(512, 512, 512, false, true),
  product(128, 400, 120),
  product(128, 120, 84),
  product(128, 84, 10),
  product(128, 120, 400, false, true),
  product(400, 128, 120, true),
  product(120, 128, 84, true),
  product(84, 128, 10, true),
  product(128, 10, 84, false, true),
  product(128, 784, 1),
  product(784, 128, 1, true),
  product(128, 784, 128),
  product(1000, 1000, 1),
  product(1, 1000, 1000),
  product(1, 1000, 1000, false, true),
  ...convolution({ size: 28, channels: 1, filters: 6, window: 5, padding: 2 }),
  ...convolution({ size: 14, channels: 6, filters: 16, window: 5 }),
  ...convolution({ size: 32, channels: 3, filters: 16, window: 3, padding: 1 }),
  ...convolution({ size: 32, channels: 16, filters: 16, window: 3, padding: 1 }),
  ...convolution({ size: 32, channels: 16, filters: 32, window: 3, stride: 2, padding: 1 }),
  ...convolution({ size: 32, channels: 16, filters: 32, window: 1, stride: 2 }),
  ...convolution({ size: 16, channels: 32, filters: 32, window: 3, padding: 1 }),
  ...convolution({ size: 8, channels: 64, filters: 64, window: 3, padding: 1 }),
  ...convolution({ size: 8, channels: 64, filters: 128, window: 1 }),
  ...convolution({ size: 7, channels: 32, filters: 40, window: 3, padding: 1 }),
  ...pooling(28, 6, 2, 2, 0),
  ...pooling(10, 16, 2, 2, 0),
  ...pooling(32, 16, 3, 2, 1),
  ...pooling(8, 64, 8, 8, 0),
];

const filter = args.find((arg) => !arg.startsWith('--')) ?? '';
const peak = ceiling(relaxedSimd);
console.log(`bare 4 x 8 tile: ${peak.toFixed(1)} GFLOP/s, relaxed SIMD ${relaxedSimd ? 'on' : 'off'}`);
for (const item of CASES.filter(({ name }) => name.includes(filter))) report(item, peak);
