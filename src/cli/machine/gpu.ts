/** As far as we read WebGPU's `GPU` and `GPUAdapter`. */
interface Gpu {
  requestAdapter(): Promise<{
    readonly info?: { vendor?: string; architecture?: string; description?: string };
  } | null>;
}

/**
 * Names the GPU adapter WebGPU offers: the runtime's own, or that of the optional package `webgpu` (Dawn).
 * @returns why there is none where there is none
 */
export async function describeGpu(): Promise<{ readonly found: boolean; readonly text: string }> {
  const gpu = await findGpu();
  if (!gpu) return { found: false, text: 'none (no WebGPU in this runtime, and no package webgpu)' };
  const adapter = await gpu.requestAdapter();
  if (!adapter) return { found: false, text: 'none (WebGPU found no adapter)' };
  const { vendor, architecture, description } = adapter.info ?? {};
  return {
    found: true,
    text: description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed adapter',
  };
}

async function findGpu(): Promise<Gpu | undefined> {
  // Node 20 has no navigator at all.
  const { navigator } = globalThis as { navigator?: { gpu?: Gpu } };
  return navigator?.gpu ?? (await gpuOfPackage());
}

/** The package is the user's to install, so its name must not be resolved before it is asked for. */
async function gpuOfPackage(): Promise<Gpu | undefined> {
  const name: string = 'webgpu';
  try {
    const { create } = (await import(name)) as { create(options: readonly string[]): Gpu };
    return create([]);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
