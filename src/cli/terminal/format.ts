/** 0.98765 as `98.77 %`. */
export function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(2)} %`;
}

/** 61706 as `61,706`. */
export function grouped(count: number): string {
  return Math.round(count).toLocaleString('en-US');
}

/** Seconds as `8.2 s`, `2 min 05 s` or `1 h 02 min`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${twoDigits(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${twoDigits(Math.floor((whole % 3600) / 60))} min`;
}

/** Bytes as `400 MB` (millions) or `16.0 GB`. */
export function bytes(count: number): string {
  return count < 1e9 ? `${Math.round(count / 1e6)} MB` : `${(count / 1e9).toFixed(1)} GB`;
}

/** A value in words: fractions of a metric that is one as percent, else four digits. */
export function metricValue(metric: string, value: number): string {
  const isFraction = /(accuracy|error|fraction|rate)$/i.test(metric) && Math.abs(value) <= 1;
  return isFraction ? percent(value) : `${Number(value.toPrecision(4))}`;
}

/** `testAccuracy` as `test accuracy`. */
export function words(camelCase: string): string {
  return camelCase.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function twoDigits(value: number): string {
  return `${value}`.padStart(2, '0');
}
