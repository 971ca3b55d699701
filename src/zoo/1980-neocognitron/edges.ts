import { tensor } from '../../ops/index.ts';
import { jit } from '../../tensor/jit.ts';
import { contrastCells } from './contrast.ts';
import { S1 } from './layers.ts';
import { SLayer } from './s-layer.ts';

/** Orientations of U_S1, 22.5° apart: an edge is bright on one side, so that all of the circle counts. */
export const ORIENTATIONS = 16;
const SIZE = 31;

/** U_S1: one plane an orientation, each taught one straight edge through the middle of its window. */
export function edgeLayer(): SLayer {
  const layer = new SLayer(S1.window, 2);
  const contrast = jit(contrastCells);
  const middle = (SIZE - 1) / 2;
  for (let i = 0; i < ORIENTATIONS; i++) {
    layer.addPlane(contrast(tensor(edge(i), [1, SIZE, SIZE, 1])), middle, middle);
  }
  return layer;
}

/** A picture whose one half is bright, its border as smooth as a pixel is wide. */
function edge(orientation: number): Float32Array {
  const angle = (2 * Math.PI * orientation) / ORIENTATIONS;
  const middle = (SIZE - 1) / 2;
  return Float32Array.from({ length: SIZE * SIZE }, (_, i) => {
    const [y, x] = [Math.floor(i / SIZE) - middle, (i % SIZE) - middle];
    const brightness = 0.5 + Math.cos(angle) * x + Math.sin(angle) * y;
    return Math.min(1, Math.max(0, brightness));
  });
}
