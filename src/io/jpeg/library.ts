import { loadOptionalPackage } from '../optional-package.ts';

/** What Antler needs of jpeg-js, whose own types would ask for those of Node. */
interface JpegLibrary {
  decode(
    bytes: Uint8Array,
    options: {
      readonly useTArray: true;
      readonly formatAsRGBA: false;
      readonly tolerantDecoding: false;
      readonly maxResolutionInMP: number;
      readonly maxMemoryUsageInMB: number;
    },
  ): { readonly width: number; readonly height: number; readonly data: Uint8Array };
}

const PACKAGE = { name: 'jpeg-js', version: '0.4.4', purpose: 'JPEG images' };

/** @throws AntlerResourceError if the package is not installed */
export async function loadJpegLibrary(): Promise<JpegLibrary> {
  return (await loadOptionalPackage(PACKAGE, () => import('jpeg-js'))).default;
}
