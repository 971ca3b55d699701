import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AntlerDataError } from '../util/errors.ts';
import { breastCancer, digits, iris, wine } from './measured.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'antler-measured-'));
  await writeFile(
    join(folder, 'iris.csv'),
    '3,4,setosa,versicolor,virginica\n5.1,3.5,1.4,0.2,0\n7,3.2,4.7,1.4,1\n6,3,5,2,2\n',
  );
  const digit = (label: number) => `${Array.from({ length: 64 }, (_, i) => i % 17).join()},${label}\n`;
  await writeFile(join(folder, 'digits.csv.gz'), gzipSync(digit(7) + digit(0)));
  await writeFile(join(folder, 'wine_data.csv'), '1,13,a,b,c\n1,2,x\n');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('measured datasets', () => {
  it('read tables with and without a heading, plain and compressed', async () => {
    const flowers = await iris({ path: folder });
    expect(flowers.x.shape).toEqual([3, 4]);
    expect(await flowers.x.data()).toEqual(Float32Array.of(5.1, 3.5, 1.4, 0.2, 7, 3.2, 4.7, 1.4, 6, 3, 5, 2));
    expect(await flowers.y.data()).toEqual(Int32Array.of(0, 1, 2));
    expect(flowers.features[3]).toBe('petalWidth');
    expect(flowers.classes).toEqual(['setosa', 'versicolor', 'virginica']);
    expect(flowers.source).toEqual({ kind: 'path', location: folder });
    const images = await digits({ path: folder });
    expect(images.x.shape).toEqual([2, 64]);
    expect(await images.y.data()).toEqual(Int32Array.of(7, 0));
  });

  it('say which file is missing, or which line is wrong', async () => {
    await expect(breastCancer({ path: folder })).rejects.toThrow(AntlerDataError);
    await expect(breastCancer({ path: folder })).rejects.toThrow(
      `dataset breast cancer: expected scikit-learn's file breast_cancer.csv in ${folder}, got none; run apt-get download`,
    );
    await expect(wine({ path: folder })).rejects.toThrow('wine_data.csv, line 2: expected 14 fields, got 3');
  });
});
