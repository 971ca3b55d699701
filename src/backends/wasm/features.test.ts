import { expect, it, vi } from 'vitest';
import { detectWasmFeatures } from './features.ts';

it('finds SIMD, relaxed SIMD and threads in Node', () => {
  expect(detectWasmFeatures()).toEqual({ simd: true, relaxedSimd: true, threads: true });
});

it('finds no threads on a page that is not cross-origin isolated, or without SharedArrayBuffer', () => {
  vi.stubGlobal('crossOriginIsolated', false);
  expect(detectWasmFeatures().threads).toBe(false);
  vi.unstubAllGlobals();
  vi.stubGlobal('SharedArrayBuffer', undefined);
  expect(detectWasmFeatures().threads).toBe(false);
  vi.unstubAllGlobals();
});

it('finds no relaxed SIMD in an engine that refuses it', () => {
  const validate = vi.spyOn(WebAssembly, 'validate').mockReturnValueOnce(true).mockReturnValue(false);
  expect(detectWasmFeatures()).toEqual({ simd: true, relaxedSimd: false, threads: true });
  validate.mockRestore();
});
