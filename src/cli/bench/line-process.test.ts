import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { LineProcess } from './line-process.ts';

const Echo = z.object({ echo: z.number() });
const started: LineProcess[] = [];

function start(program: string, patienceSeconds = 30): LineProcess {
  const child = new LineProcess({
    name: 'peer',
    command: process.execPath,
    args: ['-e', program],
    patienceSeconds,
  });
  started.push(child);
  return child;
}

afterEach(async () => {
  await Promise.all(started.splice(0).map((child) => child.close()));
});

describe('LineProcess', () => {
  it('asks and hears, line by line', async () => {
    const child = start(`
      require('node:readline').createInterface({ input: process.stdin })
        .on('line', (line) => console.log(JSON.stringify({ echo: JSON.parse(line).say })));`);
    for (const say of [1, 2]) {
      child.send({ say });
      expect(await child.receive(Echo)).toEqual({ echo: say });
    }
  });

  it('tells the last complaint of a program that ended', async () => {
    const child = start(`console.error('first'); console.error('no luck'); process.exitCode = 3;`);
    await expect(child.receive(Echo)).rejects.toThrow(
      'peer: expected an answer, got the end of the program: no luck',
    );
  });

  it('shows an answer that is none', async () => {
    await expect(start(`console.log('hello')`).receive(Echo)).rejects.toThrow(
      "peer: expected an answer, got 'hello'",
    );
  });

  it('does not wait for ever', async () => {
    await expect(start('process.stdin.resume()', 0.2).receive(Echo)).rejects.toThrow(
      'peer: expected an answer, got none within 0.2 s',
    );
  });

  it('says when the program cannot start', async () => {
    const child = new LineProcess({ name: 'peer', command: '/nowhere/peer', args: [], patienceSeconds: 30 });
    await expect(child.receive(Echo)).rejects.toThrow('spawn /nowhere/peer ENOENT');
    await child.close();
  });
});
