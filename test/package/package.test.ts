import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installPacked, type StrangersProject } from './packed.ts';

/** What Node imports: a file an entry, one with all they share, and beside it the worker that it starts. */
const JOINED = ['index', 'classic', 'antler', 'worker'].map((name) => `dist/node/${name}.js`);

describe('the packed package in a project of its own', () => {
  let project: StrangersProject;

  beforeAll(async () => {
    project = await installPacked();
  });

  afterAll(() => project?.remove());

  it('holds the build and the papers, and no source, test or cache', () => {
    const unexpected = project.packedFiles.filter(
      (path) => !/^dist\/|^(package\.json|README\.md|CHANGELOG\.md|LICENSE)$/.test(path),
    );
    expect(unexpected).toEqual([]);
    expect(project.packedFiles).toEqual(
      expect.arrayContaining(['dist/index.js', 'dist/index.d.ts', 'LICENSE', ...JOINED]),
    );
    expect(project.packedFiles.filter((path) => path.includes('.test.'))).toEqual([]);
  });

  it('is imported by plain Node', async () => {
    await project.write('names.js', "console.log(Object.keys(await import('antler')).join());");
    expect((await project.run('names.js')).trim()).not.toBe('');
  });

  it('computes in plain Node', async () => {
    await project.write(
      'sum.js',
      "import { tensor } from 'antler'; console.log(await tensor([1, 2]).sum().item());",
    );
    expect(await project.run('sum.js')).toBe('3\n');
  });

  it('computes with the tensors of the main entry in its other entries', async () => {
    await project.write(
      'pca.js',
      "import { tensor } from 'antler'; import { pca } from 'antler/classic';" +
        'console.log(pca().fit(tensor([[0, 0], [0, 2]])).mean.arraySync().join());',
    );
    expect(await project.run('pca.js')).toBe('0,1\n');
  });

  it('is bundled by Vite, its workers with it', async () => {
    await project.write('index.html', '<script type="module" src="./main.js"></script>');
    await project.write('main.js', "import * as antler from 'antler'; globalThis.antler = antler;");
    await build({ root: project.folder, logLevel: 'error', configFile: false });
    const chunks = await readChunks(join(project.folder, 'dist/assets'));
    const code = Object.values(chunks).join('\n');
    expect(code).not.toMatch(/\bfrom\s*["']node:/);
    // Only this form becomes a file of its own. A URL that travels through a variable is inlined as a data: URL,
    // and a worker from there may not share memory.
    expect(code).toMatch(/new \w+\(\s*new URL\(\s*[`'"][^)]*\/worker-/);
    expect(code).not.toContain('data:text/javascript');
    expect(Object.keys(chunks).filter((name) => name.startsWith('worker-'))).toHaveLength(1);
  });
});

async function readChunks(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.js'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
}
