import { at } from '../../../../util/errors.ts';
import { type Code, f32x4, i32, type Local, memory, v128 } from '../../encoder/index.ts';
import type { KernelFunction } from '../kernel-function.ts';
import { FLOAT_BYTES, storeLanes } from '../lanes.ts';
import { isDisjoint, isTiling, type PoolGeometry } from './geometry.ts';
import { loadSite, tapOffsets, type WindowSite, walkTaps, walkWindows } from './windows.ts';

const ZERO = f32x4.const(0, 0, 0, 0);

/** Pointers: keys, output. A NaN is larger than any number. */
export function emitMax(fn: KernelFunction, geometry: PoolGeometry): Code {
  return walkWindows(fn, geometry, ['places', 'windows'], (site) =>
    fn.withMany('v128', 2, ([best, key]) => {
      if (!best || !key) return [];
      const take = ([place]: readonly Local[], offset: number): Code =>
        place
          ? [
              key.set(v128.load(place.get, site.offset + offset)),
              // all bits set are a NaN too
              best.set(v128.or(f32x4.pmax(best.get, key.get), f32x4.ne(key.get, key.get))),
            ]
          : [];
      return [
        best.set(hasTaps(site) ? loadSite(site, 0) : ZERO),
        walkTaps(fn, site.taps, site.pointers.slice(0, 1), take),
        storeSite(site, 1, best),
      ];
    }),
  );
}

/** Pointers: keys, values, output. */
export function emitSelect(fn: KernelFunction, geometry: PoolGeometry): Code {
  return walkWindows(fn, geometry, ['places', 'places', 'windows'], (site) =>
    fn.withMany('v128', 4, ([best, chosen, key, isBetter]) => {
      if (!best || !chosen || !key || !isBetter) return [];
      const take = ([keys, values]: readonly Local[], offset: number): Code =>
        keys && values
          ? [
              key.set(v128.load(keys.get, site.offset + offset)),
              isBetter.set(wins(key, best)),
              best.set(v128.bitselect(key.get, best.get, isBetter.get)),
              chosen.set(
                v128.bitselect(v128.load(values.get, site.offset + offset), chosen.get, isBetter.get),
              ),
            ]
          : [];
      return [
        best.set(hasTaps(site) ? loadSite(site, 0) : ZERO),
        chosen.set(hasTaps(site) ? loadSite(site, 1) : ZERO),
        walkTaps(fn, site.taps, site.pointers.slice(0, 2), take),
        storeSite(site, 2, chosen),
      ];
    }),
  );
}

/** Pointers: keys, values of windows, output. */
export function emitScatter(fn: KernelFunction, geometry: PoolGeometry): Code {
  const scatter = walkWindows(fn, geometry, ['places', 'windows', 'places'], (site) => {
    const offsets = tapOffsets(site.taps);
    return fn.withMany(
      'v128',
      Math.max(0, offsets.length - 1) + 4,
      ([best, key, value, later, ...isBetter]) => {
        if (!best || !key || !value || !later || offsets.length === 0) return [];
        const search = offsets.map((offset, tap): Code => {
          const load = v128.load(at(site.pointers, 0).get, site.offset + offset);
          if (tap === 0) return best.set(load);
          return [
            key.set(load),
            at(isBetter, tap - 1).set(wins(key, best)),
            best.set(v128.bitselect(key.get, best.get, at(isBetter, tap - 1).get)),
          ];
        });
        const give = offsets.map((offset, tap): Code => {
          const own = tap === 0 ? value.get : v128.and(value.get, at(isBetter, tap - 1).get);
          return [
            key.set(v128.andnot(own, later.get)),
            addAt(geometry, site, at(site.pointers, 2), offset, key),
            tap === 0 ? [] : later.set(v128.or(later.get, at(isBetter, tap - 1).get)),
          ];
        });
        return [search, value.set(loadSite(site, 1)), later.set(ZERO), give.toReversed()];
      },
    );
  });
  return [clearUnlessTiled(fn, geometry), scatter];
}

/** Pointers: input, output. */
export function emitSum(fn: KernelFunction, geometry: PoolGeometry): Code {
  return walkWindows(fn, geometry, ['places', 'windows'], (site) =>
    fn.with('v128', (sum) => [
      sum.set(ZERO),
      walkTaps(fn, site.taps, site.pointers.slice(0, 1), ([place], offset) =>
        place ? sum.set(f32x4.add(sum.get, v128.load(place.get, site.offset + offset))) : [],
      ),
      storeSite(site, 1, sum),
    ]),
  );
}

/** Pointers: values of windows, output. */
export function emitSpread(fn: KernelFunction, geometry: PoolGeometry): Code {
  const spread = walkWindows(fn, geometry, ['windows', 'places'], (site) =>
    fn.withMany('v128', 2, ([value, sum]) => {
      if (!value || !sum) return [];
      return [
        value.set(loadSite(site, 0)),
        walkTaps(fn, site.taps, site.pointers.slice(1), ([place], offset) =>
          place ? [sum.set(value.get), addAt(geometry, site, place, offset, sum)] : [],
        ),
      ];
    }),
  );
  return [clearUnlessTiled(fn, geometry), spread];
}

/** Where a key beats the best one before it. */
function wins(key: Local, best: Local): Code {
  return v128.or(f32x4.gt(key.get, best.get), f32x4.ne(key.get, key.get));
}

function hasTaps({ taps }: WindowSite): boolean {
  return taps.rows * taps.columns > 0;
}

function storeSite({ pointers, lanes, offset }: WindowSite, buffer: number, value: Local): Code {
  return storeLanes(at(pointers, buffer).get, value.get, lanes, offset);
}

/** Adds to a tap; `value` is used up. A tap of no other window is only written. */
function addAt(
  geometry: PoolGeometry,
  { lanes, offset }: WindowSite,
  place: Local,
  tap: number,
  value: Local,
): Code {
  const add = value.set(f32x4.add(v128.load(place.get, offset + tap), value.get));
  return [isDisjoint(geometry) ? [] : add, storeLanes(place.get, value.get, lanes, offset + tap)];
}

/** Zeros for what windows add to, or leave out. The output is the last pointer. */
function clearUnlessTiled(fn: KernelFunction, geometry: PoolGeometry): Code {
  if (isTiling(geometry)) return [];
  const { input, channels } = geometry;
  const bytes = i32.mul(fn.rows.get, i32.const(input[0] * input[1] * channels * FLOAT_BYTES));
  return memory.fill(fn.pointer(fn.pointers.length - 1).get, i32.const(0), bytes);
}
