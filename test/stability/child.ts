import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** How a process ended, and the lines it wrote. */
export interface Ended {
  readonly wasKilled: boolean;
  readonly lines: readonly string[];
}

/** A program of this folder in a process of its own, that can be killed as `kill -9` does. */
export class Child {
  readonly #process: ChildProcess;
  readonly #ended: Promise<Ended>;
  readonly #begun: Promise<void>;

  constructor(file: string, args: readonly string[]) {
    const path = fileURLToPath(new URL(file, import.meta.url));
    this.#process = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    this.#begun = new Promise((resolve) => {
      this.#process.stdout?.on('data', (chunk) => {
        text += chunk;
        resolve();
      });
    });
    this.#ended = new Promise((resolve, reject) => {
      this.#process.on('error', reject);
      this.#process.on('close', (code, signal) => {
        const wasKilled = signal === 'SIGKILL';
        if (code !== 0 && !wasKilled) reject(new Error(`${file} ended with ${code ?? signal}`));
        else resolve({ wasKilled, lines: text.split('\n').slice(0, -1) });
      });
    });
  }

  /** Waits for the first line, or the end. */
  async begun(): Promise<void> {
    await Promise.race([this.#begun, this.#ended]);
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }

  ended(): Promise<Ended> {
    return this.#ended;
  }
}
