// What a reader of the UI may rely on: types are checked, promises are awaited or let go on purpose, imports have no
// cycles, one file knows Tauri, and no text becomes markup.

import js from "@eslint/js";
import importX, { createNodeResolver } from "eslint-plugin-import-x";
import svelte from "eslint-plugin-svelte";
import { defineConfig } from "eslint/config";
import ts from "typescript-eslint";
import svelteConfig from "./ui/svelte.config.js";

const tauri = { group: ["@tauri-apps/*"], message: "Only lib/backend/tauri.ts knows that Tauri is there." };
const upward = {
  group: ["**/components/*", "**/views/*"],
  message: "Arrows point down: views, then components, then lib.",
};

export default defineConfig(
  { ignores: ["ui/dist/", "ui/src/lib/backend/generated/"] },
  js.configs.recommended,
  {
    files: ["ui/src/**/*.ts", "ui/src/**/*.svelte"],
    extends: [ts.configs.recommendedTypeChecked, svelte.configs.recommended],
    plugins: { "import-x": importX },
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: [".svelte"],
        parser: ts.parser,
        svelteConfig,
      },
    },
    settings: {
      "import-x/extensions": [".ts", ".svelte"],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts"], "svelte-eslint-parser": [".svelte"] },
      "import-x/resolver-next": [createNodeResolver({ extensions: [".ts", ".svelte", ".js"] })],
    },
    rules: {
      // The compiler knows the names of the page and of types better.
      "no-undef": "off",
      eqeqeq: ["error", "always", { null: "ignore" }],
      "import-x/no-cycle": "error",
      "no-restricted-imports": ["error", { patterns: [tauri] }],
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML"].map((property) => ({
          property,
          message: "Text never becomes markup.",
        })),
      ],
      "svelte/no-at-html-tags": "error",
      // Large tables stand plain behind one signal on purpose (`stores/home.svelte.ts`).
      "svelte/prefer-svelte-reactivity": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
    },
  },
  {
    // svelte-check knows the types of components and snippets; here they are `any`.
    files: ["ui/src/**/*.svelte"],
    rules: Object.fromEntries(
      ["argument", "assignment", "call", "member-access", "return"].map((what) => [
        `@typescript-eslint/no-unsafe-${what}`,
        "off",
      ]),
    ),
  },
  {
    files: ["ui/src/lib/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: [tauri, upward] }] },
  },
  {
    files: ["ui/src/components/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            tauri,
            {
              group: ["**/views/*", "**/lib/backend/*", "**/lib/stores*"],
              message: "A component knows no AWS and no store.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["ui/src/lib/backend/tauri.ts"],
    rules: { "no-restricted-imports": "off" },
  },
  {
    files: ["ui/*.{js,ts}", "ui/scripts/*.mjs", "eslint.config.js"],
    extends: [ts.configs.disableTypeChecked],
    languageOptions: {
      parser: ts.parser,
      globals: {
        process: "readonly",
        console: "readonly",
        document: "readonly",
        window: "readonly",
        MutationObserver: "readonly",
        requestAnimationFrame: "readonly",
      },
    },
  },
);
