import { tensor } from '../../ops/index.ts';
import { NumberStream, permutationOf } from '../../random/index.ts';
import { at } from '../../util/errors.ts';
import type { Progress } from '../study.ts';
import { DIGIT_PATTERNS, FIELD, shifted } from './digit-patterns.ts';
import { PLANES, SelfOrganisedNetworks } from './self-organised.ts';

export interface FiveDigitSettings {
  readonly networks: number;
  /** Of every digit. */
  readonly presentations: number;
  /** Pixels to each side by which digits are moved at random while they are learned. */
  readonly learningShift: number;
}

/** What networks of 1980 make of the five digits. */
export type FiveDigits = {
  /** For each network, whether every digit has a plane of its own, which no shift changes. */
  readonly solved: boolean[];
  /** Of the first network, U_C3 for each digit in the middle: [digits, planes]. */
  readonly responses: Float32Array;
};

/** Pixels to each side by which digits are moved when they are to be recognised. */
const SHIFT = 2;

/** Shows five digits to networks that are told nothing about them, and sees which cell of U_C3 answers to each. */
export async function organiseDigits(
  seed: number,
  { networks, presentations, learningShift }: FiveDigitSettings,
  progress: Progress,
): Promise<FiveDigits> {
  const chances = Array.from({ length: networks }, (_, network) => new NumberStream(seed, network));
  const organised = new SelfOrganisedNetworks(chances.map((chance) => chance.word()));
  for (let round = 0; round < presentations; round++) {
    const orders = chances.map((chance) => permutationOf(DIGIT_PATTERNS.length, chance.word()));
    for (let turn = 0; turn < DIGIT_PATTERNS.length; turn++) {
      const pictures = chances.map((chance, network) => {
        const [right, down] = [1, 2].map(() => chance.below(2 * learningShift + 1) - learningShift);
        return shifted(at(DIGIT_PATTERNS, at(at(orders, network), turn)), right ?? 0, down ?? 0);
      });
      organised.present(stacked(pictures));
    }
    await progress((0.7 * (round + 1)) / presentations);
  }
  const answers = await answersOf(organised, networks);
  await progress(1);
  return {
    solved: Array.from({ length: networks }, (_, network) => tellsApart(answers, network)),
    responses: middleResponses(answers),
  };
}

/** U_C3 for one digit at one place. */
interface Answer {
  readonly digit: number;
  readonly isMiddle: boolean;
  /** [networks, planes]. */
  readonly cells: Float32Array;
}

async function answersOf(organised: SelfOrganisedNetworks, networks: number): Promise<Answer[]> {
  const answers: Answer[] = [];
  const shifts = Array.from({ length: 2 * SHIFT + 1 }, (_, i) => i - SHIFT);
  for (const [digit, pattern] of DIGIT_PATTERNS.entries()) {
    for (const down of shifts) {
      for (const right of shifts) {
        const pictures = new Array<Float32Array>(networks).fill(shifted(pattern, right, down));
        const cells = await organised.recognise(stacked(pictures)).data();
        answers.push({ digit, isMiddle: right === 0 && down === 0, cells: Float32Array.from(cells) });
      }
    }
  }
  return answers;
}

function tellsApart(answers: readonly Answer[], network: number): boolean {
  const planes = DIGIT_PATTERNS.map(
    (_, digit) =>
      new Set(
        answers.filter((answer) => answer.digit === digit).map(({ cells }) => strongest(cells, network)),
      ),
  );
  const all = new Set(planes.flatMap((found) => [...found]));
  return planes.every((found) => found.size === 1) && all.size === planes.length && !all.has(-1);
}

/** The plane that answers most, or -1 if all are silent. */
function strongest(cells: Float32Array, network: number): number {
  const own = cells.subarray(network * PLANES, (network + 1) * PLANES);
  const most = Math.max(...own);
  return most > 0 ? own.indexOf(most) : -1;
}

function middleResponses(answers: readonly Answer[]): Float32Array {
  const middle = answers.filter(({ isMiddle }) => isMiddle);
  return Float32Array.from(middle.flatMap(({ cells }) => [...cells.subarray(0, PLANES)]));
}

function stacked(pictures: readonly Float32Array[]) {
  const all = new Float32Array(pictures.length * FIELD * FIELD);
  for (const [i, picture] of pictures.entries()) all.set(picture, i * FIELD * FIELD);
  return tensor(all, [pictures.length, FIELD, FIELD, 1]);
}
