import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const execute = promisify(execFile);

/** A project of a stranger, outside the repository, with the packed package installed from its tarball. */
export interface StrangersProject {
  readonly folder: string;
  /** Paths inside the tarball, without the leading `package/`. */
  readonly packedFiles: readonly string[];
  write(file: string, text: string): Promise<void>;
  /** Runs a file of the project in Node. @returns its standard output */
  run(file: string): Promise<string>;
  remove(): Promise<void>;
}

export async function installPacked(): Promise<StrangersProject> {
  const folder = await mkdtemp(join(tmpdir(), 'antler-package-'));
  const write = (file: string, text: string): Promise<void> => writeFile(join(folder, file), text);
  await write('package.json', JSON.stringify({ name: 'stranger', private: true, type: 'module' }));
  const { filename, files } = await pack(folder);
  await execute('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', `./${filename}`], {
    cwd: folder,
  });
  return {
    folder,
    packedFiles: files.map(({ path }) => path),
    write,
    run: async (file) => (await execute(process.execPath, [file], { cwd: folder })).stdout,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

interface PackReport {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

async function pack(destination: string): Promise<PackReport> {
  const { stdout } = await execute('npm', ['pack', '--json', '--pack-destination', destination], {
    cwd: ROOT,
  });
  const reports: unknown = JSON.parse(stdout);
  return Object.values(reports as Record<string, PackReport>)[0] as PackReport;
}
