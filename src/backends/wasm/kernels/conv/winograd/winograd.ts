import { type Expansion, type KernelStep, operand } from '../../kernel.ts';
import { stepOf } from '../../kernel-function.ts';
import { FLOAT_BYTES } from '../../lanes.ts';
import { planPanels } from '../../product/panel-plan.ts';
import type { ConvGeometry, Pair } from '../geometry.ts';
import { TILE, WINDOW } from './algebra.ts';
import { forwardTaps, type TapSource, tapPanelBytes, tapStep, turnedTaps } from './filter.ts';
import { emitWinograd } from './forward.ts';
import { emitWinogradGradient } from './gradient.ts';
import { layGradient, type WinogradGradientPlan } from './gradient-workspace.ts';
import {
  blockTiles,
  directCycles,
  isTileable,
  POSITIONS,
  planTiles,
  type TilePlan,
  tiledCycles,
  tiledGradientCycles,
} from './plan.ts';
import { layWorkspace, type WinogradPlan } from './workspace.ts';

/**
 * A convolution by minimal filtering, where that is faster: one step transforms the kernel, the next has the images as
 * rows. Sums are about twice as far from the exact ones as direct sums. What is infinite or NaN in a tile of inputs
 * makes NaN of all its outputs.
 */
export function expandWinograd(geometry: ConvGeometry, hasBias: boolean): Expansion | undefined {
  return isTileable(geometry) && tiledCycles(geometry) < directCycles(geometry)
    ? expansionOf('conv', geometry, forwardTaps(geometry), hasBias)
    : undefined;
}

/** The transpose in the input: the cotangent of y convolved with the turned kernel. */
export function expandWinogradInputGradient(geometry: ConvGeometry): Expansion | undefined {
  const turned = turn(geometry);
  return isTileable(geometry) && isTileable(turned) && tiledCycles(turned) < directCycles(geometry)
    ? expansionOf('convInputGradient', turned, turnedTaps(geometry), false)
    : undefined;
}

/** The transpose in the kernel; each call sums over its images alone. */
export function expandWinogradKernelGradient(geometry: ConvGeometry): Expansion | undefined {
  if (!isTileable(geometry) || tiledGradientCycles(geometry) >= directCycles(geometry)) return undefined;
  const { batch, channels, filters } = geometry;
  const tiles = planTiles(geometry);
  const panels = planPanels(filters, blockTiles(tiles), (height) => Math.ceil(channels / height));
  const plan: WinogradGradientPlan = { tiles, panels };
  const step = {
    name: 'convKernelGradient',
    extent: batch,
    operands: [operand.input(0, 'rows'), operand.input(1, 'rows'), operand.output('partial')],
    costPerRow: multiplyAdds(tiles),
    workspaceBytes: layGradient(plan).bytes,
  };
  return { temporaries: [], steps: [stepOf(step, plan, (fn) => emitWinogradGradient(fn, plan))] };
}

/** Those of an image. */
function multiplyAdds({ tiles, geometry }: TilePlan): number {
  return tiles[0] * tiles[1] * POSITIONS * geometry.channels * geometry.filters;
}

function turn(geometry: ConvGeometry): ConvGeometry {
  const low = geometry.low.map((zeros) => WINDOW - 1 - zeros) as unknown as Pair;
  const { input, output, channels, filters } = geometry;
  return { ...geometry, input: output, output: input, channels: filters, filters: channels, low };
}

function expansionOf(name: string, geometry: ConvGeometry, taps: TapSource, hasBias: boolean): Expansion {
  const tiles = planTiles(geometry);
  const rows = blockTiles(tiles);
  const panels = planPanels(geometry.filters, geometry.channels, (height) => Math.ceil(rows / height));
  return {
    temporaries: [{ dtype: 'float32', size: (panels.count * tapPanelBytes(panels)) / FLOAT_BYTES }],
    steps: [
      tapStep(`${name}Taps`, taps, panels),
      tilesStep(name, { tiles, panels, hasBias, partRows: partRows(tiles) }),
    ],
  };
}

/** Threads share a single image by rows of tiles, where these are whole and fill a register tile; 0 elsewhere. */
function partRows({ geometry, tiles, tileRows }: TilePlan): number {
  const isWhole = geometry.batch === 1 && geometry.output[0] % TILE === 0 && tiles[1] >= PART_TILES;
  const rows = tiles[0] / PARTS;
  return isWhole && Number.isInteger(rows) && rows <= tileRows ? rows : 0;
}

/** Enough for any number of threads that a single image keeps busy. */
const PARTS = 4;
/** Rows of the register tile. */
const PART_TILES = 4;

function tilesStep(name: string, plan: WinogradPlan): KernelStep {
  const { geometry, tiles } = plan.tiles;
  const parts = plan.partRows > 0 ? tiles[0] / plan.partRows : 0;
  const step = {
    name,
    extent: parts || geometry.batch,
    operands: [
      operand.input(0, parts > 0 ? 'whole' : 'rows'),
      operand.temporary(0, 'whole', 'read'),
      operand.output('rows'),
      ...(plan.hasBias ? [operand.input(2, 'whole')] : []),
    ],
    costPerRow: multiplyAdds(plan.tiles) / (parts || 1),
    workspaceBytes: layWorkspace(plan).bytes,
  };
  return stepOf(step, plan, (fn) => emitWinograd(fn, plan));
}
