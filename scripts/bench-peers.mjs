/** Installs the JavaScript libraries that the benchmarks compare Antler with, and a current Node for those that need it. */
import { installIfStale } from './lib/install.mjs';

installIfStale('bench/peers');
if (`${process.platform}-${process.arch}` === 'linux-x64') installIfStale('test/current-node');
console.log('PyTorch and OpenBLAS come from the system; on Debian:');
console.log('  apt-get install python3-torch libopenblas0-pthread');
