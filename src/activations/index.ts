export * from './functions.ts';
export { threshold } from './threshold.ts';
