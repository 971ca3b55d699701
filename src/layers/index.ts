export { conv2d } from './conv/conv2d.ts';
export { activation } from './core/activation.ts';
export { dense } from './core/dense.ts';
export { dropout } from './core/dropout.ts';
export { flatten } from './core/flatten.ts';
export { input } from './core/input.ts';
export { rescaling } from './core/rescaling.ts';
export { reshape } from './core/reshape.ts';
export { averagePooling2d, maxPooling2d } from './pooling/pooling2d.ts';
