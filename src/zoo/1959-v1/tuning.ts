/** First harmonic over mean of responses at evenly spaced moments of a drifting grating: above 1 for simple cells, below for complex ones. */
export function modulation(responses: ArrayLike<number>): number {
  const count = responses.length;
  let [mean, cosine, sine] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const [response, angle] = [responses[i] as number, (2 * Math.PI * i) / count];
    mean += response;
    cosine += response * Math.cos(angle);
    sine += response * Math.sin(angle);
  }
  return (2 * Math.hypot(cosine, sine)) / mean;
}

/** 1 - |sum R exp(2i theta)| / sum R: 0 for a cell that answers one orientation, 1 for one that answers all alike. */
export function circularVariance(responses: ArrayLike<number>, orientations: ArrayLike<number>): number {
  let [total, cosine, sine] = [0, 0, 0];
  for (let i = 0; i < responses.length; i++) {
    const [response, angle] = [responses[i] as number, 2 * (orientations[i] as number)];
    total += response;
    cosine += response * Math.cos(angle);
    sine += response * Math.sin(angle);
  }
  return 1 - Math.hypot(cosine, sine) / total;
}

/**
 * What a cell of a round Gaussian answers to gratings, as a share of its best: exp(-2 pi^2 sigma^2 |f - f0|^2), the Fourier
 * transform of the Gaussian around the cell's own wave.
 */
export function gaussianTuning(
  own: { readonly orientation: number; readonly frequency: number; readonly sigma: number },
  grating: { readonly orientation: number; readonly frequency: number },
): number {
  const part = (share: (angle: number) => number) =>
    grating.frequency * share(grating.orientation) - own.frequency * share(own.orientation);
  const distance = part(Math.cos) ** 2 + part(Math.sin) ** 2;
  return Math.exp(-2 * Math.PI ** 2 * own.sigma ** 2 * distance);
}
