import type { AnyCommand } from '../command.ts';
import { bench } from './bench.ts';
import { data } from './data.ts';
import { doctor } from './doctor.ts';
import { evaluate } from './evaluate.ts';
import { explain } from './explain.ts';
import { list } from './list.ts';
import { predict } from './predict.ts';
import { reproduce } from './reproduce.ts';
import { train } from './train.ts';
import { tune } from './tune.ts';

/** Every command, in the order of the help. A new one is a file and a row. */
export const commands: readonly AnyCommand[] = [
  train,
  reproduce,
  evaluate,
  predict,
  tune,
  list,
  data,
  explain,
  bench,
  doctor,
];
