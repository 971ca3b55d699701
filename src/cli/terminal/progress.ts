import type { EpochRecord } from '../run/epoch-record.ts';
import { duration, grouped, percent } from './format.ts';
import type { Output } from './output.ts';

/** Where a training stands within an epoch. */
export interface Standing {
  /** The first is 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Images of this epoch that are done, and all of them. */
  readonly done: number;
  readonly total: number;
  /** Means over the epoch so far. */
  readonly loss: number | undefined;
  readonly accuracy: number | undefined;
  /** After the epoch before. */
  readonly validationAccuracy: number | undefined;
  readonly samplesPerSecond: number;
}

const BAR_WIDTH = 20;

/** The live line of a training: `epoch 2/5 ━━━━━╸      38,400/55,000  loss 0.0912 ...`. */
export function showStanding(standing: Standing, out: Output): void {
  const { epoch, epochs, done, total, loss, accuracy, validationAccuracy, samplesPerSecond } = standing;
  const images = (epochs - epoch) * total + (total - done);
  const parts = [
    `epoch ${epoch}/${epochs}`,
    progressBar(done / total, out),
    `${Math.floor((100 * done) / total)} %`,
    loss === undefined ? '' : `loss ${loss.toFixed(4)}`,
    accuracy === undefined ? '' : `accuracy ${percent(accuracy)}`,
    validationAccuracy === undefined ? '' : `validation ${percent(validationAccuracy)}`,
    `${grouped(samplesPerSecond)} images/s`,
    `${duration(images / samplesPerSecond)} left`,
  ];
  out.live(parts.filter((part) => part !== '').join('  '));
}

/** The line an epoch leaves behind. */
export function showEpoch(record: EpochRecord, epochs: number, out: Output): void {
  const { epoch, loss, accuracy, validationLoss, validationAccuracy, seconds, samplesPerSecond } = record;
  const validation =
    validationLoss === undefined || validationAccuracy === undefined
      ? []
      : [`validation ${validationLoss.toFixed(4)}  ${percent(validationAccuracy)}`];
  const parts = [
    `epoch ${`${epoch}`.padStart(`${epochs}`.length)}/${epochs}`,
    `loss ${loss.toFixed(4)}`,
    `accuracy ${percent(accuracy)}`,
    ...validation,
    `${grouped(samplesPerSecond)} images/s`,
    duration(seconds),
  ];
  out.line(parts.join('  '));
}

/** `━━━━━────`: a fraction, 0 .. 1. */
export function progressBar(fraction: number, out: Output): string {
  const full = Math.round(fraction * BAR_WIDTH);
  return out.style('cyan', '━'.repeat(full)) + out.style('dim', '─'.repeat(BAR_WIDTH - full));
}
