/** Plain data of any form, as JSON gives it. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** An object of JSON. */
export type JsonObject = { readonly [key: string]: Json };

/** How Keras 3 writes down an object: its class, and the options that make an equal one. */
export interface KerasObject {
  readonly module: string | null;
  readonly class_name: string;
  readonly config: JsonObject;
  readonly registered_name: string | null;
}

/** True for what JSON writes in braces. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether this is an object of Keras; older files have no module. */
export function isKerasObject(value: unknown): value is JsonObject & { readonly class_name: string } {
  return isJsonObject(value) && typeof value.class_name === 'string';
}

/** An object of a module of Keras. */
export function kerasObject(module: string, className: string, config: JsonObject): KerasObject {
  return { module, class_name: className, config, registered_name: null };
}
