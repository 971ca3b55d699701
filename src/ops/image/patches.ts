import { pad as padPrimitive } from '../../primitives/structure/pad.ts';
import { slice } from '../../primitives/structure/views.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { AntlerShapeError, AntlerValueError, at } from '../../util/errors.ts';
import { formatShape } from '../../util/shapes.ts';
import { type TensorLike, toNode, toTensor } from '../convert.ts';
import { explicitPadding, type Padding, type PerAxis, perAxis, requireImages } from '../nn/windows.ts';
import { concat, reshape, transpose } from '../shape/shape.ts';

/** Which patches to cut out. */
export interface PatchOptions {
  /** Extents of a patch. */
  readonly size: PerAxis;
  /** Distance of neighbouring patches, in elements. Default: patches side by side. */
  readonly strides?: PerAxis;
  /** Distance of neighbouring elements of a patch. Default 1. */
  readonly dilationRate?: PerAxis;
  /** What lies outside counts as 0. Default `valid`. */
  readonly padding?: Padding;
}

/**
 * Every patch of pictures as one long vector: [batch, height, width, channels] to [batch, height', width',
 * patch height * patch width * channels]. As Keras 3.
 * @throws AntlerShapeError for another rank and for patches larger than the padded picture
 */
export function extractPatches(images: TensorLike, options: PatchOptions): Tensor {
  const where = 'extractPatches';
  const node = toNode(images, where);
  requireImages(node.shape, 2, where);
  const spatial = node.shape.slice(1, -1);
  const window = perAxis(options.size, 2, 'size', where);
  const strides = perAxis(options.strides ?? options.size, 2, 'strides', where);
  const dilation = perAxis(options.dilationRate ?? 1, 2, 'dilationRate', where);
  const geometry = { spatial, window, strides, dilation };
  const zeros = explicitPadding(options.padding ?? 'valid', geometry, where);
  const padded = padPrimitive(node, {
    low: [0, ...zeros.map(([before]) => before), 0],
    high: [0, ...zeros.map(([, after]) => after), 0],
    interior: [0, 0, 0, 0],
  });
  const counts = window.map((extent, axis) => {
    const reach = (extent - 1) * at(dilation, axis) + 1;
    return Math.floor((at(padded.shape, axis + 1) - reach) / at(strides, axis)) + 1;
  });
  if (counts.some((count) => count < 1)) {
    const expected = `patches no larger than the padded picture ${formatShape(padded.shape.slice(1, -1))}`;
    throw new AntlerShapeError({ where, expected, got: formatShape(window) });
  }
  const shape = [at(node.shape, 0), ...counts, at(node.shape, -1)];
  const taps = Array.from({ length: at(window, 0) * at(window, 1) }, (_, tap) => {
    const [row, column] = [Math.floor(tap / at(window, 1)), tap % at(window, 1)];
    const start = [0, row * at(dilation, 0), column * at(dilation, 1), 0];
    return new Tensor(slice(padded, { start, step: [1, ...strides, 1], shape }));
  });
  return concat(taps, -1);
}

function requireBlocks(images: TensorLike, block: number, where: string): Tensor {
  const given = toTensor(images, where);
  requireImages(given.shape, 2, where);
  if (Number.isInteger(block) && block > 0) return given;
  throw new AntlerValueError({ where, expected: 'a whole block size > 0', got: `${block}` });
}

/**
 * Channels laid out as squares: [batch, height, width, block^2 * channels] to [batch, height * block, width * block,
 * channels]. As TensorFlow.
 * @throws AntlerShapeError unless block^2 divides the channels
 */
export function depthToSpace(images: TensorLike, block: number): Tensor {
  const { shape, node } = requireBlocks(images, block, 'depthToSpace');
  const [batch, height, width, depth] = shape as readonly [number, number, number, number];
  const channels = depth / (block * block);
  if (!Number.isInteger(channels)) {
    const expected = `channels that ${block * block} divides`;
    throw new AntlerShapeError({ where: 'depthToSpace', expected, got: formatShape(shape) });
  }
  const apart = reshape(new Tensor(node), [batch, height, width, block, block, channels]);
  return reshape(transpose(apart, [0, 1, 3, 2, 4, 5]), [batch, height * block, width * block, channels]);
}

/** The inverse of `depthToSpace`: squares of pixels become channels. @throws AntlerShapeError unless block divides height and width */
export function spaceToDepth(images: TensorLike, block: number): Tensor {
  const { shape, node } = requireBlocks(images, block, 'spaceToDepth');
  const [batch, height, width, channels] = shape as readonly [number, number, number, number];
  const [rows, columns] = [height / block, width / block];
  if (!Number.isInteger(rows) || !Number.isInteger(columns)) {
    const expected = `height and width that ${block} divides`;
    throw new AntlerShapeError({ where: 'spaceToDepth', expected, got: formatShape(shape) });
  }
  const apart = reshape(new Tensor(node), [batch, rows, block, columns, block, channels]);
  return reshape(transpose(apart, [0, 1, 3, 2, 4, 5]), [batch, rows, columns, block * block * channels]);
}
