import wabt from 'wabt';

/** The features Antler's modules use beside those wabt accepts by default. */
const FEATURES = { threads: true, simd: true, relaxed_simd: true };

/** Text format of a module, after wabt has validated it. */
export async function disassemble(bytes: Uint8Array): Promise<string> {
  const parsed = (await wabt()).readWasm(bytes, { readDebugNames: true, ...FEATURES });
  try {
    // wabt takes the features here too, which its types do not say.
    const validate: (this: typeof parsed, features: typeof FEATURES) => void = parsed.validate;
    validate.call(parsed, FEATURES);
    parsed.applyNames();
    return parsed.toText({ foldExprs: false, inlineExport: false });
  } finally {
    parsed.destroy();
  }
}

/** The module that a text says, not validated. */
export async function assemble(text: string): Promise<Uint8Array> {
  const parsed = (await wabt()).parseWat('module.wat', text, FEATURES);
  try {
    return parsed.toBinary({}).buffer;
  } finally {
    parsed.destroy();
  }
}
