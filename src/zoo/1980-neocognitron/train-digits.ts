import { tensor } from '../../ops/index.ts';
import { jit } from '../../tensor/jit.ts';
import { at } from '../../util/errors.ts';
import type { Progress } from '../study.ts';
import { edgeLayer } from './edges.ts';
import { S2, S3, S4 } from './layers.ts';
import { learnClasses } from './learn-classes.ts';
import { learnFeatures } from './learn-features.ts';
import { type DigitNetwork, firstStage, secondStage, thirdStage } from './network.ts';
import { firstPictures, type Pictures, throughLayer } from './pictures.ts';
import { SLayer } from './s-layer.ts';

export interface DigitLearning {
  /** Pictures in which U_S2 and U_S3 look for features. */
  readonly featurePictures: number;
  /** Passes over all pictures in which U_S4 learns classes, at most. */
  readonly sweeps: number;
}

/** Cells that compete to be a seed stand as far apart as windows of features overlap. */
const REACH = 1;
/** Of a picture's strongest V-cell. */
const LEAST_SHARE = 0.3;

/** Teaches the digit network, from the lowest stage to the highest, each when those below it have learned. */
export async function trainDigits(
  images: Pictures,
  labels: Uint8Array,
  { featurePictures, sweeps }: DigitLearning,
  progress: Progress,
): Promise<DigitNetwork> {
  const part = partsOf(progress);
  const s1 = edgeLayer().connections;
  const c1 = await throughLayer(
    images,
    jit((batch) => firstStage(batch, s1)),
    part(0, 0.03),
  );

  const features = new SLayer(S2.window, at(c1.shape, -1));
  const competition = { reach: REACH, leastShare: LEAST_SHARE };
  const learning2 = { ...competition, threshold: S2.learningThreshold };
  await learnFeatures(features, firstPictures(c1, featurePictures), learning2, part(0.03, 0.1));
  const s2 = features.connections;
  const c2 = await throughLayer(
    c1,
    jit((batch) => secondStage(batch, s2)),
    part(0.1, 0.15),
  );

  const combinations = new SLayer(S3.window, at(c2.shape, -1));
  const learning3 = { ...competition, threshold: S3.learningThreshold };
  await learnFeatures(combinations, firstPictures(c2, featurePictures), learning3, part(0.15, 0.3));
  const s3 = combinations.connections;
  const c3 = await throughLayer(
    c2,
    jit((batch) => thirdStage(batch, s3)),
    part(0.3, 0.35),
  );

  const digits = new SLayer(S4.window, at(c3.shape, -1));
  const classes = await learnClasses(digits, c3, labels, { threshold: S4.threshold, sweeps }, part(0.35, 1));
  return { s1, s2, s3, s4: digits.connections, classOfPlane: tensor(Int32Array.from(classes)) };
}

/** Progress of pieces of the whole. */
function partsOf(progress: Progress) {
  return (from: number, to: number): Progress =>
    (done, note) =>
      progress(from + (to - from) * done, note);
}
