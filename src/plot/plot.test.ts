import { describe, expect, it } from 'vitest';
import { AntlerValueError } from '../util/errors.ts';
import { barChart, imageGrid, lineChart, panels, planeChart } from './index.ts';
import { spread } from './names.ts';

const AXES = { x: { label: 'units' }, y: { label: 'error' } } as const;
const ODD = '<b> & "quotes"';

const PICTURES = {
  line: lineChart({
    title: ODD,
    ...AXES,
    series: [
      { name: ODD, x: [1, 2, 3], y: [1, Number.NaN, 3] },
      { name: 'steps', x: [1, 2, 3], y: [3, 2, 1], style: 'steps' },
    ],
    levels: [{ value: 2, name: ODD }],
  }),
  bar: barChart({
    title: ODD,
    unit: ODD,
    series: ['published', ODD],
    groups: [
      { name: ODD, values: [1, -2] },
      { name: 'not measured', values: [3, Number.NaN] },
    ],
  }),
  grid: imageGrid({
    title: ODD,
    columns: 2,
    images: [
      { width: 2, height: 1, data: [0, 1], label: ODD },
      { width: 1, height: 2, data: [Number.NaN, 2] },
      { width: 1, height: 1, data: [1] },
    ],
  }),
  plane: planeChart({
    title: ODD,
    x: { label: ODD, range: [-1, 1] },
    y: { label: 'y', range: [-1, 1] },
    field: { columns: 2, rows: 2, values: [-1, 0, Number.POSITIVE_INFINITY, 1], contours: [0.5] },
    points: [{ name: ODD, x: [0, 5], y: [0, 5] }],
    paths: [{ name: 'path', x: [0, 5, Number.NaN, 0.5], y: [0, 5, 0, 0.5] }],
  }),
};

describe.each(Object.entries(PICTURES))('a %s picture', (_, svg) => {
  it('is one svg element that has a title, a role and its own style', () => {
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^>]*role="img">/);
    expect(svg.trimEnd().endsWith('</svg>')).toBe(true);
    expect(svg.match(/<svg/g)).toHaveLength(1);
    expect(svg).toContain('<title>&lt;b&gt; &amp; &quot;quotes&quot;</title>');
    expect(svg).toContain('prefers-color-scheme:dark');
  });

  it('has only numbers where numbers belong', () => {
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });

  it('escapes every text', () => {
    expect(svg).not.toContain('<b>');
    expect(svg).not.toContain('"quotes"');
  });

  it('closes what it opens', () => {
    const tags = [...svg.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)].filter(([, , , closed]) => closed === '');
    const open: string[] = [];
    for (const [, slash, name = ''] of tags) {
      if (slash === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });
});

describe('names', () => {
  it('move apart to both sides, and stay between the ends', () => {
    expect(spread([50, 50, 90], 0, 100, 10)).toEqual([45, 55, 90]);
    expect(spread([98, 99, 20], 0, 100, 10)).toEqual([90, 100, 20]);
    expect(spread([0, 1], 0, 100, 10)).toEqual([0, 10]);
    expect(spread([10, 22, 16], 0, 100, 10)).toEqual([6, 26, 16]);
  });
});

describe('lineChart', () => {
  const x = [1, 10, 100];

  it('draws a power law as a straight line over two logarithmic axes', () => {
    const axes = { x: { ...AXES.x, scale: 'log' }, y: { ...AXES.y, scale: 'log' } } as const;
    const svg = lineChart({ title: 't', ...axes, series: [{ name: 'a', x, y: [1, 0.1, 0.01] }] });
    const [, path = ''] = /class="line" d="([^"]*)"/.exec(svg) ?? [];
    const [a, b, c] = path
      .split(/[ML]/)
      .slice(1)
      .map((pair) => pair.split(' ').map(Number));
    expect((b?.[0] ?? 0) - (a?.[0] ?? 0)).toBeCloseTo((c?.[0] ?? 0) - (b?.[0] ?? 0), 0);
    expect((b?.[1] ?? 0) - (a?.[1] ?? 0)).toBeCloseTo((c?.[1] ?? 0) - (b?.[1] ?? 0), 0);
  });

  it('leaves a gap for what a logarithmic axis cannot show', () => {
    const y = { label: 'error', scale: 'log' } as const;
    const svg = lineChart({
      title: 't',
      x: AXES.x,
      y,
      series: [{ name: 'a', x: [1, 2, 3, 4], y: [1, 2, 0, 4] }],
    });
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(/class="line" d="([^"]*)"/.exec(svg)?.[1]?.match(/L/g)).toHaveLength(1);
  });

  it('cuts lines off at a range', () => {
    const svg = lineChart({
      title: 't',
      x: { label: 'x', range: [0, 10] },
      y: { label: 'y', range: [0, 1] },
      series: [{ name: 'a', x: [-10, 20], y: [-1, 2] }],
    });
    const [left, top, right, bottom] =
      /class="line" d="M(\S+) (\S+)L(\S+) (\S+)"/.exec(svg)?.slice(1).map(Number) ?? [];
    expect((right ?? 0) - (left ?? 0)).toBeLessThan(640);
    expect((bottom ?? 0) - (top ?? 0)).toBeLessThan(0);
    expect(top).toBeLessThan(400);
  });

  it('keeps a hundred thousand points small', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => i);
    const y = many.map((i) => Math.sin(i / 1e4));
    const svg = lineChart({ title: 't', ...AXES, series: [{ name: 'a', x: many, y }] });
    expect(svg.length).toBeLessThan(150_000);
  });

  it('names lines at their ends without overlap if they end together', () => {
    const series = ['first', 'second', 'third'].map((name) => ({ name, x, y: [1, 2, 5] }));
    const svg = lineChart({ title: 't', ...AXES, series });
    const heights = [...svg.matchAll(/class="name" x="[^"]*" y="([^"]*)"/g)].map(([, y]) => Number(y));
    expect(heights).toHaveLength(3);
    expect(Math.abs((heights[1] ?? 0) - (heights[0] ?? 0))).toBeGreaterThanOrEqual(16);
    expect(Math.abs((heights[2] ?? 0) - (heights[1] ?? 0))).toBeGreaterThanOrEqual(16);
  });

  it.each([
    ['no series', [], 'plot.lineChart: expected at least one of its series, got none'],
    [
      'an empty series',
      [{ name: 'a', x: [], y: [] }],
      'plot.lineChart, "a": expected points that are finite, got no points; leave the series out',
    ],
    [
      'a series without a finite point',
      [{ name: 'a', x: [1], y: [Number.NaN] }],
      'plot.lineChart, "a": expected points that are finite, got 1 points, none of that kind; leave the series out',
    ],
    [
      'lengths that differ',
      [{ name: 'a', x: [1, 2], y: [1] }],
      'plot.lineChart, "a": expected as many y as x, got 2 x and 1 y',
    ],
  ])('refuses %s', (_, series, message) => {
    const draw = () => lineChart({ title: 't', ...AXES, series });
    expect(draw).toThrow(AntlerValueError);
    expect(draw).toThrow(message);
  });

  it('refuses an empty range', () => {
    const y = { label: 'y', scale: 'log', range: [0, 1] } as const;
    expect(() => lineChart({ title: 't', x: AXES.x, y, series: [{ name: 'a', x, y: x }] })).toThrow(
      'plot.lineChart: expected a range of two positive numbers, the smaller first, got [0, 1]',
    );
  });
});

describe('barChart', () => {
  it('writes a dash for what was not measured', () => {
    expect(PICTURES.bar).toContain('>–</text>');
  });

  it('refuses a group with a value missing', () => {
    const groups = [{ name: 'a', values: [1] }];
    expect(() => barChart({ title: 't', groups, series: ['x', 'y'] })).toThrow(
      'plot.barChart, "a": expected as many values as series, got 2 series and 1 values',
    );
  });
});

describe('imageGrid', () => {
  it('refuses an image of another size than its values', () => {
    expect(() => imageGrid({ title: 't', columns: 1, images: [{ width: 2, height: 2, data: [1] }] })).toThrow(
      'plot.imageGrid: expected as many values as pixels, got 4 pixels and 1 values',
    );
  });

  it('draws an image of one value', () => {
    const svg = imageGrid({
      title: 't',
      columns: 1,
      images: [{ width: 1, height: 1, data: [3] }],
      range: 'each',
    });
    expect(svg).toContain('data:image/png;base64,');
  });
});

describe('planeChart', () => {
  it('draws a contour between the cells it separates', () => {
    const svg = planeChart({
      title: 't',
      x: { label: 'x', range: [0, 1] },
      y: { label: 'y', range: [0, 1] },
      field: { columns: 2, rows: 2, values: [0, 1, 0, 1], contours: [0.5] },
    });
    const [x1, x2] = /class="contour" d="M(\S+) \S+L(\S+) /.exec(svg)?.slice(1).map(Number) ?? [];
    const [, left, wide] = /class="frame" x="(\S+)" y="\S+" width="(\S+)"/.exec(svg)?.map(Number) ?? [];
    expect(x1).toBeCloseTo((left ?? 0) + (wide ?? 0) / 2, 0);
    expect(x2).toBe(x1);
  });
});

describe('panels', () => {
  it('holds every picture, and the style once', () => {
    const svg = panels({ title: 'all', columns: 2, panels: Object.values(PICTURES) });
    expect(svg.match(/<svg/g)).toHaveLength(1);
    expect(svg.match(/<style/g)).toHaveLength(1);
    expect(svg.match(/<g transform/g)?.length).toBeGreaterThanOrEqual(4);
    expect(panels({ title: 'nested', columns: 1, panels: [svg] })).toContain('all');
  });

  it('refuses what is no picture of this room', () => {
    expect(() => panels({ title: 't', columns: 1, panels: ['<svg/>'] })).toThrow(
      'plot.panels, panel 0: expected a picture of plot, got "<svg/>"; use lineChart, barChart, imageGrid or planeChart',
    );
  });
});
