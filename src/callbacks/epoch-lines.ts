import type { Callback, Logs, TrainContext } from './callback.ts';

/** Prints a line after every epoch: `epoch 2/10  loss 0.0871  accuracy 0.9734`. */
export function epochLines(print: (line: string) => void): Callback {
  return {
    onEpochEnd(epoch: number, logs: Logs, { epochs }: TrainContext) {
      const figures = Object.entries(logs).map(([name, value]) => `  ${name} ${value.toPrecision(4)}`);
      print(`epoch ${epoch + 1}/${epochs}${figures.join('')}`);
    },
  };
}
