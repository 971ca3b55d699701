import type { HostValue } from '../../graph/primitive.ts';
import { at, invariant } from '../../util/errors.ts';
import { rowMajorStrides } from '../../util/shapes.ts';
import type { ConvAttrs, Role } from './conv-shape.ts';
import { forEachPosition } from './positions.ts';

/** The triple product sum x[..] * kernel[..] * y[..] without one factor: the convolution and both its transposes. */
export function correlate(values: Record<Role, HostValue>, attrs: ConvAttrs, target: Role): Float64Array {
  const { x, kernel, y } = values;
  const window = kernel.shape.slice(0, -2);
  const perGroup = at(kernel.shape, -1) / attrs.groups;
  const channels = at(kernel.shape, -2);
  const strides = {
    x: rowMajorStrides(x.shape),
    kernel: rowMajorStrides(kernel.shape),
    y: rowMajorStrides(y.shape),
  };
  const result = values[target].data;
  const [a, b] = (['x', 'kernel', 'y'] as const).filter((role) => role !== target);
  invariant(a && b, 'two factors');
  const offset = (role: Role, position: readonly number[]) =>
    position.reduce((sum, i, axis) => sum + i * at(strides[role], axis), 0);
  forEachPosition(y.shape, (output) => {
    const filter = at(output, -1);
    const firstChannel = Math.floor(filter / perGroup) * channels;
    forEachPosition(window, (tap) => {
      const spatial = tap.map((i, axis) => inputPosition(at(output, axis + 1), i, axis, attrs));
      if (spatial.some((i, axis) => i < 0 || i >= at(x.shape, axis + 1))) return;
      const places = {
        x: offset('x', [at(output, 0), ...spatial, firstChannel]),
        kernel: offset('kernel', [...tap, 0, filter]),
        y: offset('y', output),
      };
      for (let channel = 0; channel < channels; channel++) {
        result[places[target]] =
          at(result, places[target]) + at(values[a].data, places[a]) * at(values[b].data, places[b]);
        places.x++;
        places.kernel += at(kernel.shape, -1);
      }
    });
  });
  return result;
}

function inputPosition(
  output: number,
  tap: number,
  axis: number,
  { strides, dilation, padding }: ConvAttrs,
): number {
  return output * at(strides, axis) + tap * at(dilation, axis) - at(at(padding, axis), 0);
}
