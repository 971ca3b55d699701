import type { Callback } from './callback.ts';

/** Methods of callbacks that watch. */
export type Hook = Extract<keyof Callback, `on${string}`>;

type Arguments<Name extends Hook> = Parameters<NonNullable<Callback[Name]>>;

/** A callback that a saved training remembers. */
export type RememberedCallback = Callback & Required<Pick<Callback, 'saveState' | 'restoreState'>>;

/** Several callbacks as one, called in order, each waited for. */
export class CallbackList {
  readonly #callbacks: readonly Callback[];

  constructor(callbacks: readonly Callback[]) {
    this.#callbacks = callbacks;
  }

  /** Whether anybody listens: if not, there is nothing to prepare, call or wait for. */
  watches(...hooks: readonly Hook[]): boolean {
    return this.#callbacks.some((callback) => hooks.some((hook) => callback[hook] !== undefined));
  }

  /** Calls a method of all of them. */
  async call<Name extends Hook>(hook: Name, ...args: Arguments<Name>): Promise<void> {
    for (const callback of this.#callbacks) {
      const method = callback[hook] as ((...args: Arguments<Name>) => void | Promise<void>) | undefined;
      await method?.apply(callback, args);
    }
  }

  /** Those with a state of their own, in order. */
  get remembered(): readonly RememberedCallback[] {
    return this.#callbacks.filter(
      (callback): callback is RememberedCallback =>
        callback.saveState !== undefined && callback.restoreState !== undefined,
    );
  }
}
