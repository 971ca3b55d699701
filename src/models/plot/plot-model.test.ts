import { describe, expect, it } from 'vitest';
import { symbolicInput as input } from '../../layers/core/input.ts';
import * as layers from '../../layers/index.ts';
import type { SymbolicTensor } from '../../layers/symbolic-tensor.ts';
import { type AnyFunctional, model } from '../functional.ts';
import { sequential } from '../sequential.ts';
import { type PlotModelOptions, plotModel } from './plot-model.ts';

const EVERYTHING = { showShapes: true, showLayerNames: true, showDtype: true, expandNested: true } as const;

/** A residual block whose shortcut has a convolution of its own, and one without. */
function residualNet(): AnyFunctional {
  const x = input({ shape: [32, 32, 3], name: 'pictures' });
  const block = (from: SymbolicTensor, filters: number, isWider: boolean) => {
    const strides = isWider ? 2 : 1;
    const conv = (kernelSize: number, step: number) =>
      layers.conv2d({ filters, kernelSize, strides: step, padding: 'same' });
    const first = layers.batchNormalization().apply(conv(3, strides).apply(from));
    const second = layers.batchNormalization().apply(conv(3, 1).apply(layers.relu().apply(first)));
    const shortcut = isWider ? layers.batchNormalization().apply(conv(1, strides).apply(from)) : from;
    return layers.relu().apply(layers.add().apply([second, shortcut]));
  };
  const stem = layers.conv2d({ filters: 8, kernelSize: 3, padding: 'same' }).apply(x);
  const pooled = layers.globalAveragePooling2d().apply(block(block(stem, 8, false), 16, true));
  return model({ inputs: x, outputs: layers.dense({ units: 10 }).apply(pooled), name: 'resnet' });
}

function inceptionNet(): AnyFunctional {
  const x = input({ shape: [28, 28, 192] });
  const conv = (filters: number, kernelSize: number, from: SymbolicTensor) =>
    layers.conv2d({ filters, kernelSize, padding: 'same', activation: 'relu' }).apply(from);
  const pool = layers.maxPooling2d({ poolSize: 3, strides: 1, padding: 'same' }).apply(x);
  const towers = [
    conv(64, 1, x),
    conv(128, 3, conv(96, 1, x)),
    conv(32, 3, conv(32, 3, conv(16, 1, x))),
    conv(32, 1, pool),
  ];
  return model({ inputs: x, outputs: layers.concatenate().apply(towers), name: 'inception' });
}

/** A model in a model, applied twice, and a second input that is needed late. */
function nestedNet(): AnyFunctional {
  const z = input({ shape: [8], name: 'z' });
  const encoder = model({
    inputs: z,
    outputs: layers
      .add()
      .apply([layers.dense({ units: 4 }).apply(z), layers.dense({ units: 4, name: 'other' }).apply(z)]),
    name: 'encoder',
  });
  const [a, b] = [input({ shape: [8], name: 'a' }), input({ shape: [8], name: 'b' })];
  const late = input({ shape: [2], name: 'late' });
  const joined = layers.concatenate().apply([encoder.apply(a), encoder.apply(b)]);
  const head = sequential({ name: 'head', layers: [layers.dense({ units: 3 }), layers.softmax()] });
  const merged = layers.concatenate({ name: 'merge' }).apply([joined, late]);
  return model({ inputs: [a, b, late], outputs: head.apply(merged), name: 'siamese' });
}

interface Rectangle {
  readonly path: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function boxesOf(svg: string): Rectangle[] {
  const pattern =
    /<g data-layer="([^"]*)"><rect x="([-\d.]+)" y="([-\d.]+)" width="([-\d.]+)" height="([-\d.]+)"/g;
  return [...svg.matchAll(pattern)].map(([, path = '', x, y, width, height]) => ({
    path,
    x: Number(x),
    y: Number(y),
    width: Number(width),
    height: Number(height),
  }));
}

function edgesOf(svg: string): string[] {
  return [...svg.matchAll(/data-from="([^"]*)" data-to="([^"]*)"/g)].map(([, from, to]) => `${from} ${to}`);
}

function namesOf(svg: string): string[] {
  return boxesOf(svg).map(({ path }) => path);
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function contains(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x && a.y < b.y && b.x + b.width < a.x + a.width && b.y + b.height < a.y + a.height;
}

/** Points at which an edge enters and leaves ranks, from its path. */
function stationsOf(path: string): { x: number; y: number }[] {
  return path
    .split(/(?=[MLC])/)
    .map((piece) => piece.slice(1).trim().split(' ').at(-1)?.split(',').map(Number))
    .map(([x = 0, y = 0] = []) => ({ x, y }));
}

const NETS = { residualNet, inceptionNet, nestedNet };
const OPTIONS: PlotModelOptions[] = [{}, EVERYTHING, { ...EVERYTHING, rankDir: 'LR' }];

describe('plotModel', () => {
  it.each(Object.entries(NETS))('%s: each layer once, and as many edges as in the graph', (_, make) => {
    const net = make();
    const svg = plotModel(net);
    expect(namesOf(svg)).toEqual(net.layers.map(({ name }) => name));
    const wanted = net.layers.flatMap((layer) =>
      net.usesOf(layer).flatMap(({ sources }) => sources.map((source) => `${source} ${layer.name}`)),
    );
    expect(edgesOf(svg).sort()).toEqual([...new Set(wanted)].sort());
  });

  it.each(Object.entries(NETS))('%s: boxes do not overlap, models lie around their layers', (_, make) => {
    const net = make();
    for (const options of OPTIONS) {
      const boxes = boxesOf(plotModel(net, options));
      for (const a of boxes) {
        for (const b of boxes) {
          if (a === b) continue;
          if (b.path.startsWith(`${a.path}/`))
            expect(contains(a, b), `${a.path} around ${b.path}`).toBe(true);
          else if (!a.path.startsWith(`${b.path}/`))
            expect(overlap(a, b), `${a.path}, ${b.path}`).toBe(false);
        }
      }
    }
  });

  it('leads edges around boxes', () => {
    const svg = plotModel(residualNet(), EVERYTHING);
    const boxes = boxesOf(svg);
    const paths = [...svg.matchAll(/<path d="(M[^"]*)" fill="none"/g)].map(([, path = '']) => path);
    for (const { x, y } of paths.flatMap(stationsOf)) {
      const hit = boxes.find((box) => {
        const isBeside = x > box.x && x < box.x + box.width;
        return isBeside && y > box.y + 1 && y < box.y + box.height - 1;
      });
      expect(hit?.path).toBeUndefined();
    }
  });

  it('draws what follows below what it follows from, and late inputs late', () => {
    const boxes = new Map(boxesOf(plotModel(nestedNet())).map((box) => [box.path, box]));
    const y = (name: string) => Number(boxes.get(name)?.y);
    expect(y('a')).toBe(y('b'));
    expect(y('a')).toBeLessThan(y('encoder'));
    expect(y('encoder')).toBeLessThan(y('concatenate'));
    expect(y('late')).toBe(y('concatenate'));
    expect(y('merge')).toBeLessThan(y('head'));
    const across = new Map(boxesOf(plotModel(nestedNet(), { rankDir: 'LR' })).map((box) => [box.path, box]));
    expect(Number(across.get('a')?.x)).toBeLessThan(Number(across.get('encoder')?.x));
  });

  it('shows names, shapes and dtypes where asked', () => {
    const net = sequential({ layers: [layers.embedding({ inputDim: 9, outputDim: 4, inputShape: [5] })] });
    const plain = plotModel(net);
    expect(plain).toContain('>embedding<');
    expect(plain).not.toContain('[batch');
    const full = plotModel(net, EVERYTHING);
    expect(full).toContain('>in  [batch, 5]<');
    expect(full).toContain('>out [batch, 5, 4]<');
    expect(full).toContain('>float32<');
    expect(namesOf(full)).toEqual(['input', 'embedding']);
    expect(edgesOf(full)).toEqual(['input embedding']);
  });

  it('says of a shared layer how often it is used, and opens models inside', () => {
    const svg = plotModel(nestedNet(), EVERYTHING);
    expect(svg).toContain('>used 2 times<');
    expect(edgesOf(svg)).toEqual(
      expect.arrayContaining(['encoder/z encoder/dense', 'head/dense head/softmax']),
    );
  });

  it('refuses a model not built, and directions it does not know', () => {
    expect(() => plotModel(sequential([layers.dense({ units: 1 })]))).toThrow(
      'sequential (sequential).plotModel: expected a model that is built',
    );
    expect(() => plotModel(inceptionNet(), { rankDir: 'down' as 'TB' })).toThrow(
      "plotModel: expected a rankDir, got 'down'; choose from TB, LR",
    );
  });
});
