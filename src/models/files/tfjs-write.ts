import type { AnyModel } from '../model.ts';
export async function writeTfjsModel(_m: AnyModel, _p: string): Promise<void> {}
