/** Keras's name of an instance of a class: `Conv2D` gives `conv2d`, `MaxPooling2D` gives `max_pooling2d`. */
export function snakeCase(type: string): string {
  return type
    .replace(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}

/** Our factory of a class: `Conv2D` gives `conv2d`, `MaxPooling2D` gives `maxPooling2d`. */
export function factoryName(type: string): string {
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}`.replace(/(\d)D$/, '$1d');
}

/** The name, or the name with the first free number behind it: `dense`, `dense_1`, ... */
export function uniqueName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  let number = 1;
  while (taken.has(`${name}_${number}`)) number++;
  return `${name}_${number}`;
}
