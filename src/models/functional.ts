import type { BatchShape } from '../layers/batch-shape.ts';
import type { AnyLayer } from '../layers/layer.ts';
import type { LayerConfig, LayerOptions } from '../layers/layer-options.ts';
import { maskOf, withMask } from '../layers/masks.ts';
import { uniqueName } from '../layers/names.ts';
import { type Mapped, type Parts, partsOf, type Several } from '../layers/several.ts';
import { type LayerCall, SymbolicTensor } from '../layers/symbolic-tensor.ts';
import { cast } from '../ops/math/arithmetic.ts';
import { Tensor } from '../tensor/tensor.ts';
import { AntlerValueError, at, lookup } from '../util/errors.ts';
import { requireKnownOptions } from '../util/suggest.ts';
import { type ModelGraph, symbolsOf, traceGraph } from './graph.ts';
import { graphConfig } from './graph-config.ts';
import { type LayerUse, Model } from './model.ts';
import { orderInputs, outputNames } from './ports.ts';

/** A functional model of any results. */
export type AnyFunctional = Functional<Several<Tensor>>;

/** What stands between braces in `model({ inputs, outputs })`. */
export interface FunctionalOptions<Outputs extends Several<SymbolicTensor>>
  extends Pick<LayerOptions, 'name' | 'trainable' | 'dtype' | 'seed'> {
  /** Values of `input(...)`: one, a list, or by name. */
  readonly inputs: Several<SymbolicTensor>;
  /** What the model gives: one value that follows from the inputs, a list, or values by name. */
  readonly outputs: Outputs;
}

const OPTIONS = ['inputs', 'outputs', 'name', 'trainable', 'dtype', 'seed'];

/** A model whose layers form any graph without cycles: shared layers, several inputs and outputs. */
export class Functional<Result extends Several<Tensor> = Tensor> extends Model<Result> {
  readonly #graph: ModelGraph;
  readonly #inputs: Parts<SymbolicTensor>;
  readonly #outputs: Parts<SymbolicTensor>;

  constructor({ inputs, outputs, ...options }: FunctionalOptions<Mapped<Result, Tensor, SymbolicTensor>>) {
    super('Functional', options);
    const given = symbolicParts(inputs, `${this.label}, inputs`);
    const wanted = symbolicParts(outputs as Several<SymbolicTensor>, `${this.label}, outputs`);
    requireDistinct(given.items, this.label);
    this.#graph = traceGraph(given.items, wanted.items, this.label);
    this.#inputs = { ...given, items: this.#graph.inputs };
    this.#outputs = { ...wanted, items: this.#graph.outputs };
    this.#adoptLayers();
    this.build(this.#inputs.rebuild(this.#inputs.items.map(({ shape }) => shape)));
  }

  /** The layers in Keras's order, input layers too. */
  get layers(): readonly AnyLayer[] {
    return this.#graph.layers;
  }

  override get innerLayers(): readonly AnyLayer[] {
    return this.#graph.layers;
  }

  /** The symbolic inputs, in the form in which they were given. */
  get inputs(): Several<SymbolicTensor> {
    return this.#inputs.rebuild(this.#inputs.items);
  }

  /** The symbolic outputs, in the form in which they were given. */
  get outputs(): Mapped<Result, Tensor, SymbolicTensor> {
    return this.#outputs.rebuild(this.#outputs.items) as Mapped<Result, Tensor, SymbolicTensor>;
  }

  /** The graph of its layers. */
  get graph(): ModelGraph {
    return this.#graph;
  }

  override usesOf(layer: AnyLayer): readonly LayerUse[] {
    return this.#graph.calls
      .filter((call) => call.layer === layer)
      .map((call) => ({
        call,
        sources: symbolsOf(call).map((symbol) => this.#graph.resolve(symbol).name),
      }));
  }

  override get inputNames(): readonly string[] {
    return this.#inputs.names ?? this.#inputs.items.map(({ name }) => name);
  }

  override get outputNames(): readonly string[] {
    return this.#outputs.names ?? outputNames(this.#outputs.items.map(({ name }) => name));
  }

  override get outputShape(): Mapped<Result, Tensor, BatchShape> {
    const shapes = this.#outputs.items.map(({ shape }) => shape);
    return this.#outputs.rebuild(shapes) as Mapped<Result, Tensor, BatchShape>;
  }

  override call(inputs: Several<Tensor>): Result {
    const given = partsOf(inputs, (value) => value instanceof Tensor).items;
    const values = new Map<LayerCall, readonly Tensor[]>();
    this.#graph.inputs.forEach(({ source, dtype }, i) => {
      const x = at(given, i);
      values.set(source, [x.dtype === dtype ? x : withMask(cast(x, dtype), maskOf(x))]);
    });
    const tensorOf = (symbol: SymbolicTensor) => {
      const { source, index } = this.#graph.resolve(symbol);
      return at(lookup(values, source), index);
    };
    for (const call of this.#graph.calls) values.set(call, run(call, tensorOf));
    return this.#outputs.rebuild(this.#outputs.items.map(tensorOf)) as Result;
  }

  override getConfig(): LayerConfig {
    return { ...super.getConfig(), ...graphConfig(this.#graph, this.#inputs, this.#outputs) };
  }

  protected override arrange<T>(inputs: Parts<T>): Parts<T> {
    const items = orderInputs(
      inputs,
      this.inputNames,
      this.#inputs.items.map(({ name }) => name),
    );
    const isOne = this.#inputs.items.length === 1;
    return { items, names: undefined, rebuild: (list) => (isOne ? at(list, 0) : list) };
  }

  override get arity(): 'several' | 'any' {
    return this.#inputs.items.length > 1 ? 'several' : 'any';
  }

  /** Names the layers that have no name yet, and gives all of them their place. */
  #adoptLayers(): void {
    const { layers } = this.#graph;
    const isFixed = (layer: AnyLayer) => layer.isNamed || layer.isOwnedByOther(this);
    const taken = new Set<string>();
    for (const { name } of layers.filter(isFixed)) {
      if (taken.has(name)) throw nameTwice(name, this.label);
      taken.add(name);
    }
    for (const layer of layers) {
      const name = isFixed(layer) ? layer.name : uniqueName(layer.name, taken);
      taken.add(name);
      layer.attach(name, this.innerPlace, this);
    }
  }
}

/** What a layer gives for the values that its inputs have by now. */
function run({ layer, inputs, options }: LayerCall, tensorOf: (symbol: SymbolicTensor) => Tensor): Tensor[] {
  const items = inputs.items.map((item) => (item instanceof Tensor ? item : tensorOf(item)));
  const result: Several<Tensor> = layer.apply(inputs.rebuild(items), options);
  return [...partsOf(result, (value) => value instanceof Tensor).items];
}

function symbolicParts(values: Several<SymbolicTensor>, where: string): Parts<SymbolicTensor> {
  const parts = partsOf(values, isOneValue);
  if (parts.items.length > 0 && parts.items.every((item) => item instanceof SymbolicTensor)) return parts;
  const odd = parts.items.find((item) => !(item instanceof SymbolicTensor)) as unknown;
  throw new AntlerValueError({
    where,
    expected: 'symbolic values, of input(...) or of layers applied to such',
    got: odd instanceof Tensor ? 'a tensor' : odd === undefined ? 'none' : typeof odd,
    fix: 'write const x = input({ shape }), and apply the layers to it',
  });
}

/** Whatever is no list and no record of values. */
function isOneValue(value: unknown): boolean {
  return typeof value !== 'object' || value instanceof SymbolicTensor || value instanceof Tensor;
}

function requireDistinct(inputs: readonly SymbolicTensor[], where: string): void {
  if (new Set(inputs).size === inputs.length) return;
  throw new AntlerValueError({ where, expected: 'different inputs', got: 'one twice' });
}

function nameTwice(name: string, where: string): AntlerValueError {
  return new AntlerValueError({
    where,
    expected: 'a name of its own for each layer',
    got: `'${name}' twice`,
    fix: 'give the layers other names',
  });
}

/**
 * A model of any graph of layers: `const x = input({ shape: [784] }); model({ inputs: x, outputs:
 * layers.dense({ units: 10 }).apply(x) })`. Its inputs and outputs may be lists, or have names.
 * @throws AntlerValueError for values that are not symbolic, outputs that do not follow from the inputs, and
 *   two layers of one name
 */
export function model<const Outputs extends Several<SymbolicTensor>>(
  options: FunctionalOptions<Outputs>,
): Functional<Mapped<Outputs, SymbolicTensor, Tensor>> {
  requireKnownOptions(options, OPTIONS, 'model');
  return new Functional(options as FunctionalOptions<never>) as Functional<
    Mapped<Outputs, SymbolicTensor, Tensor>
  >;
}
