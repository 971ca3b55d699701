import { AntlerValueError } from '../util/errors.ts';
import { unknownName } from '../util/suggest.ts';
import type { Logs } from './callback.ts';

/** `{name}`, or with a form: `{epoch:02d}`, `{valLoss:.2f}`, `{loss:.1e}`. */
const FIELD =
  /\{(?<name>\w+)(?::(?:(?<zeros>0?)(?<width>\d+)d|\.(?<digits>\d+)(?<kind>[fe])|(?<other>[^}]*)))?\}/g;

/**
 * A path with figures in it, as Python formats them: `d` whole numbers with a width, `f` and `e` numbers with digits
 * after the point.
 * @throws AntlerValueError for a figure that is not there, or another form
 */
export function formatPath(template: string, figures: Logs, where: string): string {
  return template.replaceAll(FIELD, (field, ...rest) => {
    const {
      name = '',
      zeros,
      width,
      digits,
      kind,
      other,
    } = rest.at(-1) as Record<string, string | undefined>;
    const value = figures[name];
    if (value === undefined) {
      throw unknownName({ where, kind: 'a figure in the path', name, known: Object.keys(figures) });
    }
    if (width !== undefined) return String(value).padStart(Number(width), zeros ? '0' : ' ');
    if (kind === 'f') return value.toFixed(Number(digits));
    if (kind === 'e') return value.toExponential(Number(digits)).replace(/([+-])(\d)$/, '$10$2');
    if (other === undefined) return String(value);
    throw new AntlerValueError({ where, expected: 'a form like 02d, .2f or .2e', got: field });
  });
}
