#!/usr/bin/env node
import { nodeHost } from './host.ts';
import { runCommandLine } from './program.ts';

const { argv, env, stdout, stderr } = process;
// https://no-color.org
const colour = (env.NO_COLOR ?? '') === '';
process.exitCode = await runCommandLine(argv.slice(2), nodeHost, { stdout, stderr, colour });
