import { at, invariant } from '../../../../util/errors.ts';
import { LANES } from '../lanes.ts';

/**
 * The columns of a right operand, cut into panels as wide as a register tile. In memory a panel is
 * [depth][its vectors]; panels start at equal distances, and the last one may be narrower.
 */
export interface PanelPlan {
  readonly columns: number;
  readonly depth: number;
  /** Width of a panel in vectors. */
  readonly vectors: number;
  readonly count: number;
  /** Floats from the start of a panel to the start of the next. */
  readonly pitch: number;
}

/** Neighbouring panels of one width. */
export interface PanelRun {
  readonly first: number;
  readonly count: number;
  readonly columns: number;
  readonly vectors: number;
}

/**
 * Rows of the tile that goes with a panel of so many vectors. Sums, factors and loaded columns of a tile together must
 * fit the fifteen vector registers that V8 gives out on x64.
 */
const TILE_ROWS = [0, 7, 4, 3, 2];

/** Multiply-adds that can start in a cycle, */
const STARTS_PER_CYCLE = 2;
/** and sums that it takes to start so many: each waits four cycles for its last multiply-add. */
const SUMS_IN_FLIGHT = 8;

/** Register pressure of the 3 x 12 tile costs it a little where multiply-adds are two instructions. */
const TILE_PENALTY = [1, 1, 1, 1.1, 1];

export function tileRows(vectors: number): number {
  return at(TILE_ROWS, vectors);
}

/**
 * The width of panel that needs the fewest cycles.
 * @param tilesFor how many tiles of a height cover the rows of the product
 */
export function planPanels(columns: number, depth: number, tilesFor: (height: number) => number): PanelPlan {
  const plans = [2, 1, 4, 3].map((vectors): PanelPlan => {
    const count = Math.ceil(columns / (vectors * LANES));
    return { columns, depth, vectors, count, pitch: depth * vectors * LANES };
  });
  const costs = plans.map((plan) => panelRuns(plan).reduce((sum, run) => sum + runCost(run, tilesFor), 0));
  const best = plans[costs.indexOf(Math.min(...costs))];
  invariant(best, 'a plan for panels');
  return best;
}

/** The panels of a plan by width, at most two. */
export function panelRuns({ columns, vectors, count }: PanelPlan): readonly PanelRun[] {
  const width = vectors * LANES;
  const rest = columns % width;
  const whole = { first: 0, count: Math.floor(columns / width), columns: width, vectors };
  const last = { first: count - 1, count: 1, columns: rest, vectors: Math.ceil(rest / LANES) };
  return [whole, last].filter((run) => run.count > 0 && run.columns > 0);
}

/** Cycles of all tiles for one place of the depth. */
function runCost({ count, vectors }: PanelRun, tilesFor: (height: number) => number): number {
  const height = tileRows(vectors);
  const tile = Math.max(SUMS_IN_FLIGHT, height * vectors) / STARTS_PER_CYCLE;
  return count * tilesFor(height) * tile * at(TILE_PENALTY, vectors);
}
