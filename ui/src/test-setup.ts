// A page without layout still has to have a size: lists draw only what is in view.

import { cleanup, configure } from "@testing-library/svelte";
import { afterEach, beforeEach, vi } from "vitest";

// Generous, because the machine may be busy.
configure({ asyncUtilTimeout: 10_000 });

const size = (value: number) => ({ configurable: true, get: () => value });
Object.defineProperties(HTMLElement.prototype, {
  offsetWidth: size(420),
  offsetHeight: size(600),
  clientWidth: size(420),
  clientHeight: size(600),
});

beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});
