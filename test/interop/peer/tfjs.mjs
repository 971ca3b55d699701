/** The real TensorFlow.js at the other end: `make FOLDER` saves models, `check FOLDER` opens what was saved and predicts. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';

const [task, folder] = process.argv.slice(2);

/** Numbers that look random and are the same everywhere: sin(1), sin(2), ... */
function numbers(...shape) {
  return tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(i + 1)),
    shape,
  );
}

function mlp() {
  const net = tf.sequential({
    layers: [
      tf.layers.dense({
        units: 6,
        inputShape: [4],
        activation: 'relu',
        kernelRegularizer: tf.regularizers.l2(),
      }),
      tf.layers.batchNormalization(),
      tf.layers.dropout({ rate: 0.2 }),
      tf.layers.dense({ units: 3, activation: 'softmax', kernelInitializer: 'leCunNormal' }),
    ],
  });
  return [net, [numbers(3, 4)]];
}

function cnn() {
  const net = tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [8, 8, 2],
        filters: 3,
        kernelSize: 3,
        padding: 'same',
        activation: 'elu',
      }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.separableConv2d({ filters: 4, kernelSize: 2 }),
      tf.layers.upSampling2d({ size: [2, 2] }),
      tf.layers.depthwiseConv2d({ kernelSize: 3 }),
      tf.layers.leakyReLU({ alpha: 0.2 }),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({ units: 2 }),
    ],
  });
  return [net, [numbers(2, 8, 8, 2)]];
}

/** Two inputs, a model inside, recurrent layers with the activations that TensorFlow.js gives them. */
function graph() {
  const a = tf.input({ shape: [5, 3] });
  const b = tf.input({ shape: [4] });
  const sequence = tf.layers
    .bidirectional({ layer: tf.layers.lstm({ units: 2, returnSequences: true }), mergeMode: 'concat' })
    .apply(a);
  const last = tf.layers
    .gru({ units: 4 })
    .apply(tf.layers.timeDistributed({ layer: tf.layers.dense({ units: 3 }) }).apply(sequence));
  const inner = tf.sequential({
    layers: [tf.layers.dense({ units: 4, inputShape: [4] }), tf.layers.layerNormalization()],
  });
  const joined = tf.layers.add().apply([inner.apply(last), inner.apply(b)]);
  return [
    tf.model({ inputs: [a, b], outputs: tf.layers.dense({ units: 2 }).apply(joined) }),
    [numbers(2, 5, 3), numbers(2, 4)],
  ];
}

function save(path, tensors) {
  const list = [tensors].flat().map((tensor) => ({ shape: tensor.shape, data: [...tensor.dataSync()] }));
  writeFileSync(path, JSON.stringify(list));
}

/** Weights that no initializer gives; variances stay positive. */
function shake(model) {
  for (const [n, weight] of model.weights.entries()) {
    const values = Float32Array.from(
      { length: tf.util.sizeFromShape(weight.shape) },
      (_, i) => Math.sin(n + i + 1) * 0.4,
    );
    const isVariance = weight.originalName.endsWith('moving_variance');
    weight.write(tf.tensor(isVariance ? values.map((x) => Math.abs(x) + 0.5) : values, weight.shape));
  }
}

async function make() {
  for (const build of [mlp, cnn, graph]) {
    const [model, inputs] = build();
    shake(model);
    const at = join(folder, build.name);
    await model.save(
      tf.io.withSaveHandler(async ({ modelTopology, weightSpecs, weightData, format }) => {
        const bytes = Buffer.from(weightData);
        const paths = [`${build.name}-1.bin`, `${build.name}-2.bin`];
        const half = Math.floor(bytes.length / 2);
        writeFileSync(join(folder, paths[0]), bytes.subarray(0, half));
        writeFileSync(join(folder, paths[1]), bytes.subarray(half));
        const weightsManifest = [{ paths, weights: weightSpecs }];
        writeFileSync(`${at}.json`, JSON.stringify({ format, modelTopology, weightsManifest }));
        return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
      }),
    );
    save(`${at}.in`, inputs);
    save(`${at}.out`, model.predict(inputs.length === 1 ? inputs[0] : inputs));
  }
}

async function check() {
  const report = {};
  for (const name of readdirSync(folder)) {
    try {
      const at = join(folder, name);
      const { modelTopology, weightsManifest } = JSON.parse(readFileSync(join(at, 'model.json'), 'utf8'));
      const bytes = Buffer.concat(weightsManifest[0].paths.map((path) => readFileSync(join(at, path))));
      const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
      const artifacts = { modelTopology, weightSpecs: weightsManifest[0].weights, weightData };
      const model = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
      const inputs = JSON.parse(readFileSync(join(at, 'in'), 'utf8')).map(({ shape, data }) =>
        tf.tensor(data, shape),
      );
      save(join(at, 'tfjs'), model.predict(inputs.length === 1 ? inputs[0] : inputs));
      report[name] = { error: null, optimizer: null };
    } catch (error) {
      report[name] = { error: error.message, optimizer: null };
    }
  }
  writeFileSync(join(folder, 'report.json'), JSON.stringify(report));
}

await tf.setBackend('cpu');
await { make, check }[task]();
