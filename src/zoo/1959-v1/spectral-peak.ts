/** The wave that is strongest in an image. */
interface Wave {
  /** Cycles a pixel to the right. */
  readonly u: number;
  /** Cycles a pixel downwards. */
  readonly v: number;
  /** At pixel (0, 0). */
  readonly phase: number;
}

/** Frequencies looked at for each one of the image's own: as if it were padded with zeros to so many times its size. */
const PADDING = 4;

/** The largest value of the Fourier transform of a square image, without that at frequency 0. */
export function spectralPeak(image: Float64Array, size: number): Wave {
  const count = PADDING * size;
  const cos = Float64Array.from({ length: count }, (_, i) => Math.cos((2 * Math.PI * i) / count));
  const sin = Float64Array.from({ length: count }, (_, i) => Math.sin((2 * Math.PI * i) / count));
  let [best, power] = [{ u: 0, v: 0, phase: 0 }, -1];
  for (let column = 0; column <= count / 2; column++) {
    const rows = transformRows(image, size, column, { cos, sin });
    for (let row = 0; row < count; row++) {
      if (row === 0 && column === 0) continue;
      const [real, imaginary] = transformColumn(rows, size, row, { cos, sin });
      if (real ** 2 + imaginary ** 2 <= power) continue;
      power = real ** 2 + imaginary ** 2;
      const v = (row > count / 2 ? row - count : row) / count;
      best = { u: column / count, v, phase: Math.atan2(imaginary, real) };
    }
  }
  return best;
}

/** One turn of the circle. */
interface Circle {
  readonly cos: Float64Array;
  readonly sin: Float64Array;
}

/** Each row of the image against the wave of one column: pairs of a real and an imaginary part. */
function transformRows(
  image: Float64Array,
  size: number,
  column: number,
  { cos, sin }: Circle,
): Float64Array {
  const rows = new Float64Array(2 * size);
  image.forEach((value, pixel) => {
    const [row, angle] = [2 * Math.floor(pixel / size), ((pixel % size) * column) % cos.length];
    rows[row] = (rows[row] as number) + value * (cos[angle] as number);
    rows[row + 1] = (rows[row + 1] as number) - value * (sin[angle] as number);
  });
  return rows;
}

function transformColumn(
  rows: Float64Array,
  size: number,
  row: number,
  { cos, sin }: Circle,
): readonly [real: number, imaginary: number] {
  let [real, imaginary] = [0, 0];
  for (let y = 0; y < size; y++) {
    const angle = (y * row) % cos.length;
    const [a, b] = [rows[2 * y] as number, rows[2 * y + 1] as number];
    const [c, s] = [cos[angle] as number, sin[angle] as number];
    real += a * c + b * s;
    imaginary += b * c - a * s;
  }
  return [real, imaginary];
}
