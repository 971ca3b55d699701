/** Keras calls it so in files, but by this in names of instances and in its documentation. */
const GROUPED = ['GroupQuery', 'GroupedQuery'] as const;

/** Keras's name of an instance of a class: `Conv2D` gives `conv2d`, `MaxPooling2D` gives `max_pooling2d`. */
export function snakeCase(type: string): string {
  return type
    .replace(...GROUPED)
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/**
 * Our factory of a class: `Conv2DTranspose` gives `conv2dTranspose`, `RMSNormalization` gives `rmsNormalization`,
 * `LeakyReLU` gives `leakyRelu`.
 */
export function factoryName(type: string): string {
  return type
    .replace(...GROUPED)
    .replace('ReLU', 'Relu')
    .replace('PRelu', 'Prelu')
    .replace(/(\d)D(?=$|[A-Z])/, '$1d')
    .replace(/^[A-Z]+(?=[A-Z][a-z]|$)|^[A-Z]/, (first) => first.toLowerCase());
}

/** The name, or the name with the first free number behind it: `dense`, `dense_1`, ... */
export function uniqueName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let number = 1;
  while (taken.has(`${name}_${number}`)) number++;
  return `${name}_${number}`;
}
