import type { CWindow, SWindow } from './cells.ts';

/** An S-layer of the digit network. */
interface SLayerSettings {
  readonly window: SWindow;
  /** θ once it has learned. */
  readonly threshold: number;
}

/** One whose planes are found by self-organisation. */
interface FeatureLayerSettings extends SLayerSettings {
  /** θ while learning: greater, so that planes are told apart by more than counts afterwards. */
  readonly learningThreshold: number;
}

/** Edges, seen in the contrast of 28 × 28 pixels. */
export const S1: SLayerSettings = {
  window: { size: 5, deviation: 1.2, dilation: 1, padding: [2, 2] },
  threshold: 0.55,
};

/** 14 × 14 cells a plane, and so are all layers up to U_C3. */
export const C1: CWindow = { size: 5, deviation: 1.2, stride: 2, halfAt: 0.25 };

export const S2: FeatureLayerSettings = {
  window: { size: 3, deviation: 1, dilation: 1, padding: [1, 1] },
  threshold: 0.5,
  learningThreshold: 0.75,
};

export const C2: CWindow = { size: 3, deviation: 0.8, stride: 1, halfAt: 0.25 };

export const S3: FeatureLayerSettings = {
  window: { size: 3, deviation: 1, dilation: 1, padding: [1, 1] },
  threshold: 0.5,
  learningThreshold: 0.8,
};

export const C3: CWindow = { size: 3, deviation: 0.8, stride: 1, halfAt: 0.25 };

/**
 * Digits: windows as large as the whole of U_C3, at every other cell of it, and 3 × 3 of them a plane, two pixels from each
 * other.
 */
export const S4: SLayerSettings = {
  window: { size: 7, deviation: 100, dilation: 2, padding: [1, 0] },
  threshold: 0.3,
};
