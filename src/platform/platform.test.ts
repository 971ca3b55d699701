import { describe, expect, it } from 'vitest';
import * as browser from './browser.ts';
import * as node from './node.ts';
import type { Platform } from './types.ts';

describe('#platform', () => {
  it('is offered by both modules, name for name', () => {
    node satisfies Platform;
    browser satisfies Platform;
    const exactNode: Record<keyof Platform, unknown> = node;
    const exactBrowser: Record<keyof Platform, unknown> = browser;
    expect(Object.keys(exactBrowser).sort()).toEqual(Object.keys(exactNode).sort());
  });

  it('is Node in the tests', async () => {
    expect((await import('#platform')).environment().runtime).toBe('node');
  });
});
