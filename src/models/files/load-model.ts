import { readFile } from '#platform';
import { assignWeights } from '../../io/assign-weights.ts';
import { AntlerDataError, AntlerResourceError } from '../../util/errors.ts';
import { modelFromConfig } from '../from-config.ts';
import type { AnyModel } from '../model.ts';
import { type ByteSource, bytesOf } from './byte-source.ts';
import { compileFromKeras } from './compile-from-keras.ts';
import { formatOfBytes, formatOfPath, type ModelFormat, type SingleFileFormat } from './format.ts';
import { parseHdf5Model } from './hdf5-format.ts';
import { parseKerasModel } from './keras-format.ts';
import type { ParsedModel } from './parsed-model.ts';
import { parseSafetensorsModel } from './safetensors-format.ts';
import { parseTfjsModel } from './tfjs-format.ts';

/** Options of `loadModel`. */
export interface LoadModelOptions {
  /** Default by the ending of the path, or by how the bytes begin. */
  readonly format?: ModelFormat;
  /** Whether the model is compiled as it was when it was saved, with the state of the optimizer. Default true. */
  readonly compile?: boolean;
}

const PARSERS: Readonly<Record<SingleFileFormat, (bytes: Uint8Array, file: string) => Promise<ParsedModel>>> =
  {
    keras: parseKerasModel,
    h5: parseHdf5Model,
    safetensors: parseSafetensorsModel,
  };

/**
 * Reads a model with its weights: `.keras`, `.h5`, `.safetensors`, or the `model.json` of TensorFlow.js. No format runs
 * code: Lambda layers are refused; layers of your own are known once `registerLayer` has named them.
 * @param source a path (in a browser a URL), bytes, or a stream of bytes
 * @throws AntlerDataError for a damaged file, and for what Antler cannot read; AntlerResourceError if the format needs a
 *   package that is not installed
 */
export async function loadModel(
  source: string | ByteSource,
  options: LoadModelOptions = {},
): Promise<AnyModel> {
  const { compile = true } = options;
  const parsed = await parse(source, options);
  const file = typeof source === 'string' ? source : 'model';
  try {
    const model = buildModel(parsed, file);
    if (compile && parsed.compile) restoreTraining(model, parsed, file);
    return model;
  } catch (cause) {
    if (cause instanceof AntlerDataError || cause instanceof AntlerResourceError) throw cause;
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new AntlerDataError({ where: file, expected: 'a model that Antler can build', got }, { cause });
  }
}

async function parse(source: string | ByteSource, { format }: LoadModelOptions): Promise<ParsedModel> {
  const given = format ?? (typeof source === 'string' ? formatOfPath(source) : undefined);
  if (given === 'tfjs') return parseTfjsModel(source);
  const name = typeof source === 'string' ? source : 'model';
  const bytes = typeof source === 'string' ? await readFile(source) : await bytesOf(source);
  return PARSERS[given ?? formatOfBytes(bytes, name)](bytes, name);
}

function buildModel(parsed: ParsedModel, file: string): AnyModel {
  const model = modelFromConfig(parsed.description);
  if (!model.built) {
    throw new AntlerDataError({
      where: file,
      expected: 'a model whose input shape is known',
      got: 'one that was saved before it was built',
      fix: 'call build, or run it once, before it is saved',
    });
  }
  assignWeights(parsed.match(model), file);
  return model;
}

/** Compiles the model, and gives the optimizer the state that it had. */
function restoreTraining(model: AnyModel, { compile, optimizerState }: ParsedModel, file: string): void {
  if (!compile) return;
  model.compile(compileFromKeras(compile, file));
  if (optimizerState.length === 0) return;
  const { optimizer } = model;
  optimizer.build(model.trainableWeights);
  const { variables } = optimizer;
  if (optimizerState.length !== variables.length) {
    throw new AntlerDataError({
      where: `${file}, optimizer`,
      expected: `${variables.length} arrays for the state of ${optimizer.className}`,
      got: `${optimizerState.length}`,
      fix: 'load it with { compile: false }, and compile it anew',
    });
  }
  const matches = variables.map((variable, i) => ({
    variable,
    place: `optimizer/${i}`,
    array: optimizerState[i],
  }));
  assignWeights({ matches, surplus: [] }, `${file}, optimizer`);
}
