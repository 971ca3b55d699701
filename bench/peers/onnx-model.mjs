/** Writes networks as ONNX files (protocol buffers, https://onnx.ai/onnx/repo-docs/IR.html): just what the peers need. */

const FLOAT = 1;
const [VARINT, LENGTH] = [0, 2];

/** One field of a message: a whole number, a text, or bytes. */
function field(number, value) {
  if (typeof value === 'number') return [...varint((number << 3) | VARINT), ...varint(value)];
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return [...varint((number << 3) | LENGTH), ...varint(bytes.length), ...bytes];
}

function varint(value) {
  const bytes = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

/** TensorProto. */
export function weights(name, shape, values) {
  const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  return [
    ...shape.flatMap((extent) => field(1, extent)),
    ...field(2, FLOAT),
    ...field(8, name),
    ...field(9, raw),
  ];
}

/** NodeProto; attributes are whole numbers or lists of them. */
export function node(operator, inputs, output, attributes = {}) {
  return [
    ...inputs.flatMap((name) => field(1, name)),
    ...field(2, output),
    ...field(4, operator),
    ...Object.entries(attributes).flatMap(([name, value]) => field(5, attribute(name, value))),
  ];
}

function attribute(name, value) {
  const [INT, INTS] = [2, 7];
  return Array.isArray(value)
    ? [...field(1, name), ...value.flatMap((item) => field(8, item)), ...field(20, INTS)]
    : [...field(1, name), ...field(3, value), ...field(20, INT)];
}

/** ValueInfoProto of a float tensor. */
function port(name, shape) {
  const extents = shape.flatMap((extent) => field(1, field(1, extent)));
  return [...field(1, name), ...field(2, field(1, [...field(1, FLOAT), ...field(2, extents)]))];
}

/**
 * ModelProto.
 * @param input,output `{ name, shape }`
 */
export function model({ input, output, nodes, initializers }) {
  const [IR_VERSION, OPSET] = [8, 13];
  const graph = [
    ...nodes.flatMap((item) => field(1, item)),
    ...field(2, 'graph'),
    ...initializers.flatMap((item) => field(5, item)),
    ...field(11, port(input.name, input.shape)),
    ...field(12, port(output.name, output.shape)),
  ];
  return Uint8Array.from([...field(1, IR_VERSION), ...field(7, graph), ...field(8, field(2, OPSET))]);
}
