/** Everything that programs print from here on. */
export const printed = [];

console.log = (...values) => printed.push(...values);
