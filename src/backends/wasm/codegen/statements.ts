import { type Expr, type Index, k, type Variable } from '../../../graph/kernel/expr.ts';
import type { Fold, Statement } from '../../../graph/kernel/loops.ts';
import {
  countUses,
  dependsOn,
  expressionsIn,
  loadsIn,
  type Reference,
  valuesOf,
} from '../../../graph/kernel/walk.ts';
import { invariant } from '../../../util/errors.ts';
import { type Code, f32x4, forRange, i32, i32x4, ifElse, type Local } from '../encoder/index.ts';
import { type Context, type Emitter, LANES, laneStride, SCALAR } from './emitter.ts';

type Loop = Extract<Statement, { kind: 'loop' }>;

/** Neighbouring vectors that are folded side by side: as many sums as hide that each waits for its last term. */
const MOST_VECTORS = 4;

/** Code of statements, in order. */
export function emitStatements(emitter: Emitter, statements: readonly Statement[], context: Context): Code[] {
  const counted = { ...context, uses: countUses(statements.flatMap(valuesOf)) };
  return statements.map((statement) => emitStatement(emitter, statement, counted));
}

function emitStatement(emitter: Emitter, statement: Statement, context: Context): Code {
  switch (statement.kind) {
    case 'store':
      return emitter.store(statement.buffer, statement.dtype, statement.index, statement.value, context);
    case 'assign':
      return emitter.local(statement.variable, context).set(emitter.value(statement.value, context));
    case 'when': {
      const condition = emitter.value(statement.condition, context);
      return ifElse(
        condition,
        emitStatements(emitter, statement.body, { ...context, held: new Map(context.held) }),
      );
    }
    case 'fold':
      return emitFold(emitter, statement, context);
    case 'loop':
      return emitLoop(emitter, statement);
  }
}

function scalar(): Context {
  return { ...SCALAR, held: new Map() };
}

function emitLoop(emitter: Emitter, loop: Loop): Code {
  const counter = emitter.local(loop.variable, SCALAR);
  const end = emitter.temporary('i32');
  const setEnd = end.set(emitter.value(loop.extent, scalar()));
  const isVector =
    loop.simd && isVectorizable(loop) && !(loop.extent.kind === 'const' && loop.extent.value < LANES);
  const wide = isVector ? emitWideFolds(emitter, loop, counter, end) : undefined;
  if (wide) return [setEnd, wide];
  const { setup, body } = prepare(emitter, loop);
  if (!isVector) return [setEnd, setup, forRange(counter, i32.const(0), end.get, 1, body('scalar'))];
  const main = body('vector');
  const isWhole = loop.extent.kind === 'const' && loop.extent.value % LANES === 0;
  if (isWhole) return [setEnd, setup, forRange(counter, i32.const(0), end.get, LANES, main)];
  const mainEnd = emitter.temporary('i32');
  return [
    setEnd,
    mainEnd.set(i32.and(end.get, i32.const(-LANES))),
    setup,
    forRange(counter, i32.const(0), mainEnd.get, LANES, main),
    forRange(counter, mainEnd.get, end.get, 1, body('scalar')),
  ];
}

/**
 * A loop over what a fold keeps, several vectors at a time: they share the loops of the fold and read whole lines of
 * memory at once. Undefined for other loops.
 */
function emitWideFolds(
  emitter: Emitter,
  { body, variable, extent }: Loop,
  counter: Local,
  end: Local,
): Code | undefined {
  const [fold, ...stores] = body;
  if (fold?.kind !== 'fold' || stores.some(({ kind }) => kind !== 'store')) return undefined;
  const count = [MOST_VECTORS, 2].find(
    (vectors) => extent.kind === 'const' && extent.value % (vectors * LANES) === 0,
  );
  if (count === undefined) return undefined;
  const contexts = Array.from(
    { length: count },
    (_, vector): Context => ({ ...SCALAR, width: 'vector', held: new Map(), lanes: variable, vector }),
  );
  const round = [
    emitPlainFold(emitter, fold, contexts),
    contexts.map((context) => emitStatements(emitter, stores, context)),
  ];
  return forRange(counter, i32.const(0), end.get, count * LANES, round);
}

/** A loop's body in either width, and before it the addresses that the loop only moves along. */
function prepare(emitter: Emitter, loop: Loop): { setup: Code; body(width: Context['width']): Code } {
  const isInnermost = loop.body.every(
    (statement) => statement.kind === 'store' || statement.kind === 'assign',
  );
  const { setup, bases } = isInnermost
    ? hoist(emitter, loop.body.flatMap(referencesOf), loop.variable)
    : { setup: [], bases: new Map<Index, Local>() };
  const body = (width: Context['width']): Code => {
    const context = { ...SCALAR, width, held: new Map(), bases, innermost: loop.variable };
    const lanes = width === 'vector' ? { lanes: loop.variable } : {};
    return emitStatements(emitter, loop.body, { ...context, ...lanes });
  };
  return { setup, body };
}

function referencesOf(statement: Statement): Reference[] {
  const loads = loadsIn(valuesOf(statement));
  return statement.kind === 'store' ? [...loads, statement] : loads;
}

/** Locals for the part of each address that does not move with `variable`; equal ones are shared. */
function hoist(
  emitter: Emitter,
  references: readonly Reference[],
  variable: Variable,
): { setup: Code[]; bases: Map<Index, Local> } {
  const bases = new Map<Index, Local>();
  const known = new Map<string, Local>();
  const setup: Code[] = [];
  for (const { buffer, dtype, index } of references) {
    const fixed = index.terms.filter((term) => term.variable !== variable);
    if (fixed.length === 0 && index.constant === 0) continue;
    const key = `${buffer} ${index.constant} ${fixed.map((term) => `${term.variable.name}*${term.stride}`).join()}`;
    let local = known.get(key);
    if (!local) {
      local = emitter.temporary('i32');
      known.set(key, local);
      setup.push(local.set(emitter.base(buffer, dtype, index, variable)));
    }
    bases.set(index, local);
  }
  return { setup, bases };
}

function isVectorizable(loop: Loop): boolean {
  return loop.body.every((statement) => {
    if (statement.kind === 'store') {
      return (
        laneStride(statement.index, { lanes: loop.variable } as Context) === 1 &&
        hasVectorForm(statement.value, loop.variable) &&
        !dynamicMoves(statement.index, loop.variable)
      );
    }
    const isValue = statement.kind === 'fold' || statement.kind === 'assign';
    return isValue && hasVectorForm(statement.value, loop.variable);
  });
}

function dynamicMoves(index: Index, variable: Variable): boolean {
  return index.dynamic !== undefined && dependsOn(index.dynamic, variable);
}

/** Doubles have no vector code here, and a vector cannot gather from computed places. */
function hasVectorForm(value: Expr, lanes: Variable): boolean {
  for (const part of expressionsIn(value)) {
    if (part.register === 'f64' || (part.kind === 'load' && dynamicMoves(part.index, lanes))) return false;
  }
  return true;
}

function emitFold(emitter: Emitter, fold: Fold, context: Context): Code {
  if (context.width === 'vector') return emitPlainFold(emitter, fold, [context]);
  const last = fold.loops.at(-1);
  const runs = last && hasVectorForm(fold.value, last.variable) && movesEvenly(fold.value, last.variable);
  return runs ? emitVectorFold(emitter, fold) : emitPlainFold(emitter, fold, [context]);
}

/** At least one load is of neighbours, and none jumps. */
function movesEvenly(value: Expr, variable: Variable): boolean {
  const strides = loadsIn([value]).map(({ index }) => laneStride(index, { lanes: variable } as Context));
  return strides.includes(1) && strides.every((stride) => stride === 0 || stride === 1);
}

function accumulate(fold: Fold): Statement {
  return { kind: 'assign', variable: fold.target, value: fold.combine(k.read(fold.target), fold.value) };
}

function start(emitter: Emitter, fold: Fold, context: Context): Code {
  const identity = k.constant(fold.target.register, fold.identity);
  return emitter.local(fold.target, context).set(emitter.value(identity, context));
}

/** Element by element; in vector code four independent folds side by side, in each of the contexts. */
function emitPlainFold(emitter: Emitter, fold: Fold, contexts: readonly Context[]): Code {
  const body = (depth: number): Code[] => {
    const next = fold.loops[depth];
    if (next) return [countUp(emitter, next, body(depth + 1))];
    return contexts.flatMap((context) =>
      emitStatements(emitter, [accumulate(fold)], { ...context, held: new Map(), bases: new Map() }),
    );
  };
  for (const { variable } of fold.loops) emitter.local(variable, SCALAR);
  return [...contexts.map((context) => start(emitter, fold, context)), ...body(0)];
}

function countUp(emitter: Emitter, { variable, extent }: Fold['loops'][number], body: Code): Code {
  const end = emitter.temporary('i32');
  const counter = emitter.local(variable, SCALAR);
  return [end.set(emitter.value(extent, scalar())), forRange(counter, i32.const(0), end.get, 1, body)];
}

/** Four partial results along the innermost loop, joined at the end, then with what was left over. */
function emitVectorFold(emitter: Emitter, fold: Fold): Code {
  const last = fold.loops.at(-1);
  invariant(last, 'a loop to vectorize');
  for (const { variable } of fold.loops) emitter.local(variable, SCALAR);
  const loop: Loop = {
    kind: 'loop',
    variable: last.variable,
    extent: last.extent,
    body: [accumulate(fold)],
    simd: true,
  };
  const { setup, body } = prepare(emitter, loop);
  const [end, mainEnd] = [emitter.temporary('i32'), emitter.temporary('i32')];
  const counter = emitter.local(last.variable, SCALAR);
  const innermost: Code = [
    end.set(emitter.value(last.extent, scalar())),
    mainEnd.set(i32.and(end.get, i32.const(-LANES))),
    setup,
    forRange(counter, i32.const(0), mainEnd.get, LANES, body('vector')),
    forRange(counter, mainEnd.get, end.get, 1, body('scalar')),
  ];
  const nest = fold.loops
    .slice(0, -1)
    .reduceRight<Code>((inside, outer) => countUp(emitter, outer, inside), innermost);
  return [
    start(emitter, fold, { ...scalar(), width: 'vector' }),
    start(emitter, fold, scalar()),
    nest,
    joinLanes(emitter, fold),
  ];
}

function joinLanes(emitter: Emitter, fold: Fold): Code {
  const lanes = emitter.local(fold.target, { width: 'vector' });
  const total = emitter.local(fold.target, SCALAR);
  const lane: Variable = { name: `${fold.target.name}.lane`, register: fold.target.register };
  const local = emitter.local(lane, SCALAR);
  const extract = fold.target.register === 'f32' ? f32x4.extractLane : i32x4.extractLane;
  const join = fold.combine(k.read(fold.target), k.read(lane));
  return [0, 1, 2, 3].flatMap((i) => {
    const context = scalar();
    return [local.set(extract(lanes.get, i)), total.set(emitter.value(join, context))];
  });
}
