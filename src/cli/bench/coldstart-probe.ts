/** Run as a program: prints the seconds from the import of Antler to the result of a first compiled step. */

const started = performance.now();
const antler = await import('antler');
const { xorNetwork } = await import('./xor-network.ts');
const { bareStep } = await import('./training.ts');
const { tensor } = antler;
const x = tensor([
  [0, 0],
  [0, 1],
  [1, 0],
  [1, 1],
]);
await bareStep(xorNetwork(antler), x, tensor([0, 1, 1, 0], 'int32'))().item();
const seconds = (performance.now() - started) / 1000;
process.stdout.write(`${JSON.stringify({ seconds })}\n`, () => process.exit(0));
