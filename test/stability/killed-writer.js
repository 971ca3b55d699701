/**
 * Writes one checkpoint after the other until it is killed: `killed-writer.js CHECKPOINT FIRST`. Each is numbered and
 * full of its number, which is written as a line when it is saved.
 */
import process from 'node:process';
import { writeCheckpoint } from '../../dist/io/checkpoint.js';

const [path = '', first = ''] = process.argv.slice(2);
const SIZE = 2 ** 19;

for (let number = Number(first); ; number++) {
  const data = new Int32Array(SIZE).fill(number);
  const arrays = [{ name: 'numbers', dtype: /** @type {const} */ ('int32'), shape: [SIZE], data }];
  await writeCheckpoint(path, { arrays, state: { number } });
  process.stdout.write(`${number}\n`);
}
