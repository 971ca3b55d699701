import type { Suite } from '../suite.ts';
import { coldstart } from './coldstart.ts';
import { conv } from './conv.ts';
import { dqn } from './dqn.ts';
import { inference } from './inference.ts';
import { lenet } from './lenet.ts';
import { lstm } from './lstm.ts';
import { matmul } from './matmul.ts';
import { mlp } from './mlp.ts';
import { resnet20 } from './resnet20.ts';
import { tiny } from './tiny.ts';
import { transformer } from './transformer.ts';

/** Every suite, in the order they run. A new one is a file and a row. */
export const suites: readonly Suite[] = [
  matmul,
  conv,
  lenet,
  mlp,
  tiny,
  lstm,
  dqn,
  transformer,
  resnet20,
  inference,
  coldstart,
];
