/**
 * The floors of the house, lowest first. A room imports only from rooms listed before it, and from itself.
 * A new room is one line here.
 */
const ROOMS = [
  'util',
  'platform',
  'graph',
  'primitives',
  'autodiff',
  'compiler',
  'backends',
  'tensor',
  'ops',
  'random',
  'activations',
  'initializers',
  'regularizers',
  'constraints',
  'losses',
  'metrics',
  'optimizers',
  'layers',
  'io',
  'data',
  'callbacks',
  'models',
  'plot',
  'classic',
  'pretraining',
  'tuning',
  'adversarial',
  'rl',
  'zoo',
  'cli',
];

/** Rooms that may name a backend: tensors run on one, and everything above asks the tensor floor. */
const BACKEND_ROOMS = ['backends', 'tensor'];

const anyOf = (rooms) => `^src/(${rooms.join('|')})/`;

/** Unit tests may look upwards: a test of a low room is often clearest in the words of a higher one. */
const UNIT_TEST = '\\.test\\.ts$';

const floors = ROOMS.slice(0, -1).map((room, floor) => ({
  name: `floor-${room}`,
  comment: `${room}/ may import only from rooms below it: ${ROOMS.slice(0, floor).join(', ') || 'none'}`,
  severity: 'error',
  from: { path: anyOf([room]), pathNot: UNIT_TEST },
  to: { path: anyOf(ROOMS.slice(floor + 1)) },
}));

module.exports = {
  forbidden: [
    ...floors,
    {
      name: 'known-rooms',
      comment: 'every folder of src/ is a room with a place in ROOMS',
      severity: 'error',
      from: {},
      to: { path: '^src/[^/]+/', pathNot: anyOf(ROOMS) },
    },
    {
      name: 'known-rooms-from',
      comment: 'every folder of src/ is a room with a place in ROOMS',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: anyOf(ROOMS) },
      to: {},
    },
    {
      name: 'entry-is-the-roof',
      comment: 'src/index.ts imports the rooms; only tests and the CLI import it back',
      severity: 'error',
      from: { path: '^src/', pathNot: [UNIT_TEST, anyOf(['cli'])] },
      to: { path: '^src/index\\.ts$' },
    },
    {
      name: 'cli-is-a-leaf',
      comment: 'nothing imports the command line but the command line',
      severity: 'error',
      from: { pathNot: [anyOf(['cli']), '^test/'] },
      to: { path: anyOf(['cli']) },
    },
    {
      name: 'backends-behind-tensor',
      comment: 'above backends/ only tensor/ knows which backends exist',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: [anyOf(BACKEND_ROOMS), UNIT_TEST] },
      to: { path: anyOf(['backends']) },
    },
    {
      name: 'no-circular',
      comment:
        'no module waits for itself. Two types of a room may name each other (import type), and so may two ' +
        'gradient rules: that of a sum is a broadcast, and the other way round',
      severity: 'error',
      from: { path: '^src/', pathNot: anyOf(['primitives']) },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'node-behind-platform',
      comment: 'the library must load in a browser: only platform/ and cli/ may import Node',
      severity: 'error',
      from: { path: '^src/', pathNot: [anyOf(['cli']), '^src/platform/node', UNIT_TEST] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-runtime-dependency',
      comment:
        'the core has no runtime dependency; only the command line may use packages, and formats that load theirs ' +
        'when they are asked for',
      severity: 'error',
      from: { path: '^src/', pathNot: [anyOf(['cli']), '^src/io/(zip|hdf5|jpeg)/', UNIT_TEST] },
      to: { path: 'node_modules/', dependencyTypesNot: ['core'] },
    },
    {
      name: 'source-without-tests',
      comment: 'a test is never imported',
      severity: 'error',
      from: {},
      to: { path: '\\.test\\.ts$' },
    },
    {
      name: 'resolvable',
      comment: 'every import leads somewhere',
      severity: 'error',
      from: { path: '^src/' },
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^dist/'] },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['node', 'import', 'types'] },
  },
};
