import { at } from '../../util/errors.ts';
import { orderRanks } from './order-ranks.ts';
import { placeSlots } from './place-slots.ts';
import { type Edge, type Slots, slotsOf } from './slots.ts';

/** A place or a size: across the ranks, and along the way from rank to rank. In pixels. */
export interface Extent {
  readonly across: number;
  readonly along: number;
}

/** Where nodes and edges lie. */
export interface Layering {
  readonly size: Extent;
  /** The corner of each node nearest to the origin. */
  readonly corners: readonly Extent[];
  /** The points of each edge, from its end at `from`: out of it, into and out of each rank it passes, into `to`. */
  readonly routes: readonly (readonly Extent[])[];
}

const GAP: Extent = { across: 28, along: 40 };
const PORT_GAP = 16;

/** Lays nodes out in ranks. Edges against the order of the nodes are drawn backwards, and those to itself not at all. */
export function layered(sizes: readonly Extent[], edges: readonly Edge[]): Layering {
  const forward = edges.map(({ from, to }) => ({ from: Math.min(from, to), to: Math.max(from, to) }));
  const slots = slotsOf(sizes.length, forward);
  const widths = sizes.map(({ across }) => across);
  const centers = placeSlots(slots, orderRanks(slots), { widths, gap: GAP.across });
  const bands = bandsOf(slots, sizes);
  const corners = sizes.map(({ across, along }, node) => {
    const band = at(bands, at(slots.ranks, node));
    return { across: at(centers, node) - across / 2, along: band.start + (band.extent - along) / 2 };
  });
  const ports = portsOf(slots, centers, sizes);
  const routes = slots.chains.map((chain, i) => {
    const route = routeOf(chain, { slots, centers, bands, corners, sizes, ports: at(ports, i) });
    const { from, to } = at(edges, i);
    return from > to ? route.toReversed() : route;
  });
  const reach = (slot: number) => at(centers, slot) + (sizes[slot]?.across ?? 0) / 2;
  const last = bands.at(-1);
  return {
    size: {
      across: Math.max(0, ...centers.map((_, slot) => reach(slot))),
      along: last ? last.start + last.extent : 0,
    },
    corners,
    routes,
  };
}

/** Where a rank lies along the way. */
interface Band {
  readonly start: number;
  readonly extent: number;
}

function bandsOf({ byRank }: Slots, sizes: readonly Extent[]): Band[] {
  let start = 0;
  return byRank.map((rank) => {
    const band = { start, extent: Math.max(0, ...rank.map((slot) => sizes[slot]?.along ?? 0)) };
    start += band.extent + GAP.along;
    return band;
  });
}

/** How far from the middle of its nodes an edge leaves and arrives. */
interface Ports {
  readonly start: number;
  readonly end: number;
}

/** Edges on one side of a node stand beside one another, in the order in which they come. */
function portsOf({ chains }: Slots, centers: readonly number[], sizes: readonly Extent[]): Ports[] {
  const offset = (node: number, index: number, side: readonly (readonly [edge: number, next: number])[]) => {
    const sorted = [...side].sort(([, a], [, b]) => at(centers, a) - at(centers, b));
    const place = sorted.findIndex(([edge]) => edge === index) - (sorted.length - 1) / 2;
    return place * Math.min(PORT_GAP, (at(sizes, node).across * 0.8) / sorted.length);
  };
  const links = chains.map((chain, i) => ({ i, first: at(chain, 0), last: at(chain, -1), chain }));
  return links.map(({ i, first, last }) => {
    const leaving = links
      .filter((link) => link.first === first)
      .map((link) => [link.i, at(link.chain, 1)] as const);
    const arriving = links
      .filter((link) => link.last === last)
      .map((link) => [link.i, at(link.chain, -2)] as const);
    return { start: offset(first, i, leaving), end: offset(last, i, arriving) };
  });
}

interface Course extends Pick<Layering, 'corners'> {
  readonly slots: Slots;
  readonly centers: readonly number[];
  readonly bands: readonly Band[];
  readonly sizes: readonly Extent[];
  readonly ports: Ports;
}

function routeOf(chain: readonly number[], course: Course): Extent[] {
  const { slots, centers, bands, corners, sizes, ports } = course;
  const [first, last] = [at(chain, 0), at(chain, -1)];
  const passed = chain.slice(1, -1).flatMap((slot) => {
    const { start, extent } = at(bands, at(slots.ranks, slot));
    const across = at(centers, slot);
    return [
      { across, along: start },
      { across, along: start + extent },
    ];
  });
  return [
    { across: at(centers, first) + ports.start, along: at(corners, first).along + at(sizes, first).along },
    ...passed,
    { across: at(centers, last) + ports.end, along: at(corners, last).along },
  ];
}
