import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const GUIDES = readdirSync(new URL('docs/', ROOT)).map((name) => `docs/${name}`);

const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

/** The TypeScript of a page; each block is a program of its own. */
const programsOf = (path: string): string[] =>
  [...read(path).matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code ?? '');

const pages = ['README.md', ...GUIDES].filter((path) => programsOf(path).length > 0);

describe.each(pages)('%s', (page) => {
  it.each(programsOf(page).map((code, i) => [i + 1, code]))('program %i runs', async (number, code) => {
    const folder = new URL(`.cache/${page}/`, ROOT);
    mkdirSync(folder, { recursive: true });
    const file = fileURLToPath(new URL(`program-${number}.ts`, folder));
    writeFileSync(file, code);
    const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
    await import(file);
    expect(printed).toHaveBeenCalled();
    printed.mockRestore();
  });
});

it('the first program of the README is the example of six lines, which also runs in a page', () => {
  const [, ...lines] = read('examples/six-lines.ts').split('\n'); // the first is a comment
  expect(lines.join('\n')).toBe(programsOf('README.md')[0]);
});
