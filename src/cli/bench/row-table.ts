import { formatTable } from '../terminal/table.ts';
import type { Row, Spread } from './row.ts';
import { significant } from './significant.ts';

const HEAD = ['', 'threads', 'Node', 'Antler', '', 'peer', 'its figure', '', 'times as fast', 'bar', ''];

/** Rows as lines of a table. */
export function rowTable(rows: readonly Row[]): string[] {
  return formatTable([HEAD, ...rows.map(cells)]);
}

function cells(row: Row): string[] {
  const { name, threads, node, value, unit, spread, peer, peerValue, peerSpread, ratio, note } = row;
  return [
    name,
    `${threads}`,
    node,
    `${significant(value)} ${unit}`,
    range(spread),
    peer ?? '',
    peerValue === null ? '' : `${significant(peerValue)} ${unit}`,
    peerSpread === null ? '' : range(peerSpread),
    ratio === null ? '' : `${significant(ratio)}×`,
    verdict(row),
    note ?? '',
  ];
}

function range([minimum, maximum]: Spread): string {
  return `${significant(minimum)} – ${significant(maximum)}`;
}

function verdict({ bar, passed, peer, unit }: Row): string {
  if (bar === null) return '';
  const wanted = peer === null ? `${significant(bar)} ${unit}` : `${significant(bar)}×`;
  return passed === null ? wanted : `${wanted} ${passed ? 'reached' : 'missed'}`;
}
