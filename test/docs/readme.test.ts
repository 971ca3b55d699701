import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it, vi } from 'vitest';

const ROOT = new URL('../../', import.meta.url);
const blocks = [...readFileSync(new URL('README.md', ROOT), 'utf8').matchAll(/```ts\n(.*?)```/gs)].map(
  ([, code]) => code ?? '',
);

it.each(blocks.map((code, i) => [i + 1, code]))('program %i of the README runs', async (number, code) => {
  const folder = new URL('.cache/readme/', ROOT);
  mkdirSync(folder, { recursive: true });
  const file = fileURLToPath(new URL(`program-${number}.ts`, folder));
  writeFileSync(file, code);
  const printed = vi.spyOn(console, 'log').mockImplementation(() => {});
  await import(file);
  expect(printed).toHaveBeenCalled();
  printed.mockRestore();
});
