/** Side of U_0 of the network of 1980. */
export const FIELD = 16;

const DRAWINGS = [
  `
  ..####..
  .#....#.
  #......#
  #......#
  #......#
  #......#
  #......#
  #......#
  .#....#.
  ..####..`,
  `
  ...#....
  ..##....
  .#.#....
  ...#....
  ...#....
  ...#....
  ...#....
  ...#....
  ...#....
  ...#....`,
  `
  ..####..
  .#....#.
  #......#
  .......#
  ......#.
  ....##..
  ...#....
  .##.....
  #.......
  ########`,
  `
  ..####..
  .#....#.
  .......#
  ......#.
  ...###..
  ......#.
  .......#
  .......#
  .#....#.
  ..####..`,
  `
  .....#..
  ....##..
  ...#.#..
  ..#..#..
  .#...#..
  #....#..
  ########
  .....#..
  .....#..
  .....#..`,
] as const;

/** Five digits drawn by lines of one pixel, 0 to 4, as Fukushima 1980 shows: each `FIELD` × `FIELD` of 0 and 1. */
export const DIGIT_PATTERNS: readonly Float32Array[] = DRAWINGS.map((drawing) => {
  const rows = drawing.trim().split(/\s+/);
  const pattern = new Float32Array(FIELD * FIELD);
  const top = Math.floor((FIELD - rows.length) / 2);
  for (const [y, row] of rows.entries()) {
    const left = Math.floor((FIELD - row.length) / 2);
    for (const [x, pixel] of [...row].entries()) if (pixel === '#') pattern[(top + y) * FIELD + left + x] = 1;
  }
  return pattern;
});

/** A pattern moved right and down; what leaves the field is lost. */
export function shifted(pattern: Float32Array, right: number, down: number): Float32Array {
  return Float32Array.from(pattern, (_, i) => {
    const [y, x] = [Math.floor(i / FIELD) - down, (i % FIELD) - right];
    const isInside = y >= 0 && y < FIELD && x >= 0 && x < FIELD;
    return isInside ? (pattern[y * FIELD + x] ?? 0) : 0;
  });
}
