import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode as encodePng } from 'fast-png';
import jpeg from 'jpeg-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wavBytes } from '../../../test/support/wav.ts';
import { AntlerDataError } from '../../util/errors.ts';
import { fromAudioFolder } from './audio-folder.ts';
import { fromCsv } from './csv.ts';
import type { CsvColumn } from './csv-columns.ts';
import { fromImageFolder } from './image-folder.ts';
import { fromJsonLines } from './json-lines.ts';
import { fromTimeSeries } from './time-series.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antler-data-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function save(path: string, bytes: Uint8Array): Promise<string> {
  const whole = join(folder, path);
  await mkdir(join(whole, '..'), { recursive: true });
  await writeFile(whole, bytes);
  return whole;
}

describe('fromCsv', () => {
  it('reads quoted fields, line ends of both kinds, blank lines and numbers', async () => {
    const bytes = utf8('name,age,"a ""b"""\r\n"Doe, J.",3,x\r\n\r\n"two\nlines",-1.5e3,"7"\n');
    expect(await fromCsv(bytes).toArray()).toEqual([
      { name: 'Doe, J.', age: 3, 'a "b"': 'x' },
      { name: 'two\nlines', age: -1500, 'a "b"': '7' },
    ]);
  });

  it('reads columns as it is told', async () => {
    const bytes = utf8('1;yes;true;?\n2;no;0;5');
    const options = {
      columnNames: ['id', 'word', 'flag', 'n'],
      delimiter: ';',
      columns: { id: { type: 'string' }, flag: { type: 'boolean' }, n: { type: 'integer', missing: -1 } },
    } as const;
    expect(await fromCsv(bytes, options).toArray()).toEqual([
      { id: '1', word: 'yes', flag: true, n: -1 },
      { id: '2', word: 'no', flag: false, n: 5 },
    ]);
    const only = await fromCsv(bytes, { ...options, configuredColumnsOnly: true })
      .take(1)
      .toArray();
    expect(only).toEqual([{ id: '1', flag: true, n: -1 }]);
  });

  it('goes on from any row of a file, and takes files in small pieces', async () => {
    const rows = Array.from({ length: 9000 }, (_, i) => `${i},"text ${i}, ä\n"`);
    const path = await save('rows.csv', utf8(`i,text\n${rows.join('\n')}`));
    const iterator = fromCsv(path).iterate();
    for (let i = 0; i < 8000; i++) await iterator.next();
    const state = JSON.parse(JSON.stringify(iterator.state()));
    await iterator.return();
    const rest = [];
    for await (const row of fromCsv(path).iterate({ state })) rest.push(row);
    expect(rest.length).toBe(1000);
    expect(rest[0]).toEqual({ i: 8000, text: 'text 8000, ä\n' });
    expect(state.at.line).toBe(16_002);
  });

  it('keeps columns of strange names harmless', async () => {
    const [row] = await fromCsv(utf8('__proto__,b\n1,2')).toArray();
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
    expect(Object.entries(row ?? {})).toEqual([
      ['__proto__', 1],
      ['b', 2],
    ]);
  });

  it.each([
    ['a,b\n1\n', 'the given bytes, line 2: expected 2 fields, got 1'],
    [
      'a,b\n1,2\n\n3,\n',
      "the given bytes, line 4, column 'b': expected a value, got an empty field; say in `columns`",
    ],
    ['a,b\n1,"2\n', 'the given bytes, line 2: expected a closing quotation mark, got the end of the file'],
    ['a,b\n1,2"3"\n', 'the given bytes, line 2, field 2: expected quotation marks around the whole field'],
    ['a,b\n1,"2"3\n', 'the given bytes, line 2, field 2: expected quotation marks around the whole field'],
    ['a,a\n', "the given bytes, line 1: expected another name for each column, got 'a' twice"],
    ['', 'the given bytes: expected a row with the names of the columns, got an empty file'],
  ])('refuses %j', async (text, message) => {
    await expect(fromCsv(utf8(text)).toArray()).rejects.toThrow(AntlerDataError);
    await expect(fromCsv(utf8(text)).toArray()).rejects.toThrow(message);
  });

  it('refuses other types, unknown columns, other encodings and no file', async () => {
    const of = (text: string, columns: Record<string, CsvColumn>) =>
      fromCsv(utf8(text), { columns }).toArray();
    await expect(of('a\nx', { a: { type: 'number' } })).rejects.toThrow(
      "line 2, column 'a': expected a field of type number, got 'x'",
    );
    await expect(of('age\n1', { aeg: {} })).rejects.toThrow(
      "expected a column, got 'aeg'; did you mean 'age'?",
    );
    await expect(fromCsv(Uint8Array.of(97, 10, 0xff, 10)).toArray()).rejects.toThrow(
      'the given bytes, line 2: expected text in UTF-8, got other bytes',
    );
    await expect(fromCsv(join(folder, 'none.csv')).toArray()).rejects.toThrow(
      'none.csv: expected a readable file, got no such file or folder',
    );
    expect(() => fromCsv(utf8(''), { delimiter: '::' })).toThrow('one character as delimiter, got "::"');
  });
});

describe('fromJsonLines', () => {
  it('reads a value a line', async () => {
    const path = await save('a.jsonl', utf8('{"a": 1}\r\n\n[2, "x"]\n'));
    expect(await fromJsonLines(path).toArray()).toEqual([{ a: 1 }, [2, 'x']]);
  });

  it.each([
    ['{"a": 1}\n{"a": }\n', 'line 2: expected JSON'],
    ['1\n2\n{"a": 1, "\\u0061": 2}', "line 3: expected distinct keys, got 'a' twice"],
    ['{"__proto__": {"polluted": 1}}', "line 1: expected names of options, got the key '__proto__'"],
  ])('refuses %j', async (text, message) => {
    await expect(fromJsonLines(utf8(text)).toArray()).rejects.toThrow(message);
  });
});

describe('fromImageFolder', () => {
  const png = (grey: number) =>
    encodePng({ width: 2, height: 2, data: new Uint8Array(4).fill(grey), channels: 1 });

  it('takes classes from folders, and PNG and JPEG to one form', async () => {
    await save('images/dogs/1.png', png(10));
    await save('images/cats/b.PNG', png(20));
    const rgba = Uint8Array.from({ length: 4 * 8 * 8 }, () => 200);
    await save('images/cats/a.jpg', jpeg.encode({ width: 8, height: 8, data: rgba }, 100).data);
    await save('images/cats/notes.txt', utf8('no image'));
    await save('images/readme.md', utf8('no class'));
    const { dataset, classNames, paths } = await fromImageFolder(join(folder, 'images'), {
      imageSize: [4, 3],
    });
    expect(classNames).toEqual(['cats', 'dogs']);
    expect(paths.map((path) => path.slice(folder.length))).toEqual([
      '/images/cats/a.jpg',
      '/images/cats/b.PNG',
      '/images/dogs/1.png',
    ]);
    const [first, second, third] = await dataset.toArray();
    expect([first, second, third].map((example) => example?.[1])).toEqual([0, 0, 1]);
    expect(first?.[0].shape).toEqual([4, 3, 3]);
    expect(first?.[0].data.every((value) => Math.abs(value - 200) <= 2)).toBe(true);
    expect(third?.[0].data).toEqual(new Float32Array(36).fill(10));
    const [batch] = await dataset.shuffle().batch(3).toArray();
    expect(batch?.[0].shape).toEqual([3, 4, 3, 3]);
    const other = await fromImageFolder(join(folder, 'images'), {
      imageSize: [2, 2],
      colorMode: 'grayscale',
      classNames: ['dogs', 'cats'],
    });
    expect((await other.dataset.take(1).toArray())[0]).toEqual([
      { data: new Float32Array(4).fill(10), shape: [2, 2, 1] },
      0,
    ]);
  });

  it('refuses folders without classes and files that are no images', async () => {
    await expect(fromImageFolder(join(folder, 'images', 'dogs'))).rejects.toThrow(
      'expected a folder for each class with files that end in .png, .jpg, .jpeg, got no folders',
    );
    await expect(fromImageFolder(folder, { colorMode: 'greyscale' as 'rgb' })).rejects.toThrow(
      "expected a colorMode, got 'greyscale'; did you mean 'grayscale'?",
    );
    await save('broken/x/a.jpg', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 1));
    await save('broken/x/b.jpg', utf8('text'));
    const { dataset } = await fromImageFolder(join(folder, 'broken'));
    await expect(dataset.take(1).toArray()).rejects.toThrow(
      /a.jpg: expected a JPEG image, got one that fails/,
    );
    await expect(dataset.skip(1).toArray()).rejects.toThrow(
      'b.jpg: expected a PNG or JPEG image, got bytes that',
    );
  });
});

describe('fromAudioFolder', () => {
  it('takes classes from folders, and sounds to one length', async () => {
    await save('sounds/hi/1.wav', wavBytes({ bits: 16, samples: [0, 16384, -32768] }));
    await save('sounds/lo/1.wav', wavBytes({ bits: 16, samples: [-16384] }));
    const { dataset, classNames } = await fromAudioFolder(join(folder, 'sounds'), {
      outputSequenceLength: 2,
    });
    expect(classNames).toEqual(['hi', 'lo']);
    expect(await dataset.toArray()).toEqual([
      [{ data: Float32Array.of(0, 0.5), shape: [2, 1] }, 0],
      [{ data: Float32Array.of(-0.5, 0), shape: [2, 1] }, 1],
    ]);
    const wrong = await fromAudioFolder(join(folder, 'sounds'), { samplingRate: 16_000 });
    await expect(wrong.dataset.toArray()).rejects.toThrow('expected 16000 frames a second, got 8000');
  });
});

describe('fromTimeSeries', () => {
  it('cuts windows and puts targets beside them', async () => {
    const series = Float32Array.from({ length: 10 }, (_, i) => i);
    const windows = fromTimeSeries(series, series.subarray(4), {
      sequenceLength: 2,
      samplingRate: 3,
      sequenceStride: 2,
    });
    expect(windows.size).toBe(3);
    expect(await windows.toArray()).toEqual([
      [{ data: Float32Array.of(0, 3), shape: [2] }, 4],
      [{ data: Float32Array.of(2, 5), shape: [2] }, 6],
      [{ data: Float32Array.of(4, 7), shape: [2] }, 8],
    ]);
    expect(() => fromTimeSeries(series, series, { sequenceLength: 11 })).toThrow(
      'data.fromTimeSeries: expected at least 11 steps and a target, got 10 and 10 targets',
    );
  });
});
