import type { ParsedModel } from './parsed-model.ts';
export async function parseTfjsModel(_s: unknown): Promise<ParsedModel> {
  throw 1;
}
