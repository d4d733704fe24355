// Tests of stores, words and components, in a page without layout. What needs layout is in `scripts/look.mjs`.
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: import.meta.dirname,
  cacheDir: "../node_modules/.vite",
  plugins: [svelte()],
  resolve: { conditions: ["browser"] },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.ts"],
    testTimeout: 30_000,
    setupFiles: ["src/test-setup.ts"],
    restoreMocks: true,
  },
});
