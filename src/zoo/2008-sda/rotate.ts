/** A square picture turned about its middle, counter-clockwise on the screen, with what lies outside as 0. Bilinear. */
export function rotate(image: Uint8Array, side: number, radians: number): Uint8Array {
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const middle = (side - 1) / 2;
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [(i % side) - middle, Math.floor(i / side) - middle];
    return Math.round(between(image, side, middle + cos * x - sin * y, middle + sin * x + cos * y));
  });
}

/** The value at a place between pixels. */
function between(image: Uint8Array, side: number, x: number, y: number): number {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [right, down] = [x - left, y - top];
  const pixel = (column: number, row: number) =>
    column >= 0 && column < side && row >= 0 && row < side ? (image[row * side + column] ?? 0) : 0;
  const upper = (1 - right) * pixel(left, top) + right * pixel(left + 1, top);
  const lower = (1 - right) * pixel(left, top + 1) + right * pixel(left + 1, top + 1);
  return (1 - down) * upper + down * lower;
}
