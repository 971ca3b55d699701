import { at } from '../../../util/errors.ts';
import { type Alignment, alignColumns } from '../../../util/text-table.ts';
import type {
  ExplainedBlock,
  ExplainedKernel,
  ExplainedPhase,
  ExplainedRegion,
  Explanation,
} from '../explanation.ts';
import { duration, figure, percent, scaled, typed } from './figures.ts';

/** A row of the table, or a line across it. */
type Line = { readonly cells: readonly string[] } | { readonly across: string };

const HEAD = ['', 'kernel', 'kind', 'layer', 'result', 'work', 'read', 'written', 'FLOP/B'];
const TIME_HEAD = ['time', 'GFLOP/s', 'share'];
const ALIGNMENTS: readonly Alignment[] = [
  ...(['right', 'left', 'left', 'left', 'left'] as const),
  ...new Array<Alignment>(HEAD.length + TIME_HEAD.length - 5).fill('right'),
];
/** Longer names of kernels are cut. */
const NAME_WIDTH = 32;

/** Every kernel where it runs: phases, in them regions, in them kernels that share each chunk of rows. */
export function kernelLines({ kernels, phases, timing }: Explanation): string[] {
  const lines = phaseLines(phases, kernels, '');
  const head = timing ? [...HEAD, ...TIME_HEAD] : HEAD;
  const rows = lines.flatMap((line) => ('cells' in line ? [line.cells] : []));
  const [header = '', ...table] = alignColumns([head, ...rows], ALIGNMENTS.slice(0, head.length));
  let next = 0;
  return [header, ...lines.map((line) => ('cells' in line ? at(table, next++) : line.across))];
}

function phaseLines(
  phases: readonly ExplainedPhase[],
  kernels: readonly ExplainedKernel[],
  indent: string,
): Line[] {
  return phases.flatMap(({ regions, blocks }, i) => [
    { across: `${indent}phase ${i + 1}` },
    ...regions.flatMap((region) => regionLines(region, kernels, indent)),
    ...blocks.flatMap((block) => blockLines(block, kernels, indent)),
  ]);
}

function regionLines(region: ExplainedRegion, kernels: readonly ExplainedKernel[], indent: string): Line[] {
  const members = region.kernels.map((number) => ({ number, kernel: at(kernels, number) }));
  const seconds = members.reduce((sum, { kernel }) => sum + (kernel.seconds ?? 0), 0);
  const isTimed = members.some(({ kernel }) => kernel.seconds !== null);
  const { rows, chunks, rowsPerChunk } = region;
  const cut = chunks > 1 ? `${chunks} chunks of ${rowsPerChunk} rows, all kernels on each` : 'in one piece';
  const time = isTimed && members.length > 1 ? `: ${duration(seconds)}` : '';
  return [
    { across: `${indent}  ${rows} ${rows === 1 ? 'row' : 'rows'}, ${cut}${time}` },
    ...members.map(({ number, kernel }) => ({ cells: cellsOf(kernel, number) })),
  ];
}

const PART_NAMES = { scan: ['body'], while: ['test', 'body'], cond: ['if true', 'if false'] } as const;

function blockLines(
  { kind, rounds, parts }: ExplainedBlock,
  kernels: readonly ExplainedKernel[],
  indent: string,
): Line[] {
  const times = rounds === null ? '' : `, ${rounds} rounds`;
  return [
    { across: `${indent}  ${kind}${times}` },
    ...parts.flatMap((part, i) => [
      { across: `${indent}  ${PART_NAMES[kind][i] ?? ''}` },
      ...phaseLines(part, kernels, `${indent}    `),
    ]),
  ];
}

function cellsOf(kernel: ExplainedKernel, number: number): string[] {
  const { name, kind, scope, flops, bytesRead, bytesWritten, arithmeticIntensity, seconds, gflops, share } =
    kernel;
  const rate = flops > 0 && gflops !== null ? gflops.toFixed(1) : '';
  const times = seconds === null ? [] : [timeOf(seconds), rate, percent(share ?? 0)];
  return [
    `${number}`,
    name.length > NAME_WIDTH ? `${name.slice(0, NAME_WIDTH - 1)}…` : name,
    kind,
    scope,
    typed(kernel),
    flops > 0 ? scaled(flops, 'FLOP') : '',
    scaled(bytesRead, 'B'),
    scaled(bytesWritten, 'B'),
    flops > 0 ? figure(arithmeticIntensity) : '',
    ...times,
  ];
}

/** What takes less than the reading of the clock cannot be told from it. */
function timeOf(seconds: number): string {
  return seconds > 0 ? duration(seconds) : 'too short';
}
