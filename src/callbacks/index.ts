export { earlyStopping } from './early-stopping.ts';
export { epochLines } from './epoch-lines.ts';
