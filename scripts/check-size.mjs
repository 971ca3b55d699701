/** Fails when a source file is longer than one idea needs: 400 lines, a test 600. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inRepo } from './lib/paths.mjs';

const LIMITS = { source: 400, test: 600 };
const FOLDERS = ['src', 'test', 'bench', 'examples', 'scripts'];

const files = FOLDERS.filter((folder) => existsSync(inRepo(folder))).flatMap((folder) =>
  listCode(inRepo(folder)),
);
const tooLong = files.filter(({ lines, limit }) => lines > limit);
for (const { path, lines, limit } of tooLong) {
  console.error(`${path}: ${lines} lines, at most ${limit}; split it by idea`);
}
console.log(`${files.length} files measured, ${tooLong.length} too long`);
process.exit(tooLong.length > 0 ? 1 : 0);

function listCode(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|js|mjs|cjs)$/.test(entry.name))
    .filter((entry) => !entry.parentPath.includes('node_modules'))
    .map((entry) => measure(join(entry.parentPath, entry.name)));
}

function measure(file) {
  const path = relative(inRepo('.'), file);
  const isTest = path.startsWith('test') || path.endsWith('.test.ts');
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n').length;
  return { path, lines, limit: isTest ? LIMITS.test : LIMITS.source };
}
