/** Names of the files in a run folder. */
export const RUN_FILES = {
  config: 'config.json',
  environment: 'environment.json',
  /** A line of JSON for each epoch. */
  metrics: 'metrics.jsonl',
  /** All that is needed to go on after the last whole epoch. */
  checkpoint: 'checkpoint.safetensors',
  /** The trained weights; there when the run is finished. */
  weights: 'weights.safetensors',
  /** Folder with what the parts of a study gave. */
  parts: 'parts',
  confusion: 'confusion.json',
  result: 'result.json',
  report: 'report.html',
} as const;
