export { backupAndRestore } from './backup-and-restore.ts';
export { earlyStopping } from './early-stopping.ts';
export { epochLines } from './epoch-lines.ts';
export { lambda } from './lambda.ts';
