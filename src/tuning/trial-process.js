// @ts-check
/**
 * The process of a trial: runs `objective` of the user's module and sends back what it returns. Imports nothing
 * of Antler's, so that the file works unchanged from the package and from the sources.
 */

/**
 * @typedef {{ module: string, values: object, context: object }} TrialRequest
 */

process.on('message', async (/** @type {TrialRequest} */ { module, values, context }) => {
  try {
    const { objective } = await import(module);
    const reply =
      typeof objective === 'function'
        ? { value: await objective(values, context) }
        : { error: `${module} exports no function named objective` };
    process.send?.(reply);
  } catch (error) {
    process.send?.({ error: error instanceof Error ? error.message : String(error) });
  }
});
