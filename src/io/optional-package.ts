import { AntlerResourceError } from '../util/errors.ts';

/**
 * Loads a package that only some file formats need. The core works without it.
 * @param load imports it; the name stands in the `import` itself, so that bundlers see it
 * @throws AntlerResourceError with the command that installs it
 */
export async function loadOptionalPackage<Module>(
  { name, version, purpose }: { readonly name: string; readonly version: string; readonly purpose: string },
  load: () => Promise<Module>,
): Promise<Module> {
  try {
    return await load();
  } catch (cause) {
    throw new AntlerResourceError(
      {
        where: purpose,
        expected: `the package ${name}`,
        got: 'none that can be loaded',
        fix: `run npm install ${name}@${version}`,
      },
      { cause },
    );
  }
}
