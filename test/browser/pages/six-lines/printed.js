/**
 * Everything that programs print from here on.
 * @type {unknown[]}
 */
export const printed = [];

console.log = (...values) => printed.push(...values);
