const MINIMUM = [20, 19];

/** Ends the process with a clear message when this Node is older than the package supports. */
export function requireSupportedNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return;
  console.error(
    `Antler needs Node ${MINIMUM.join('.')} or newer; this is ${process.version} (${process.execPath}).\n` +
      'Install a current Node from your system or https://nodejs.org and run the command again.',
  );
  process.exit(1);
}
