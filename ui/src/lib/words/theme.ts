// The look of the window in words.

import type { ThemeChoice } from "../stores/theme.svelte";

export const themeWord: Record<ThemeChoice, string> = { system: "System", light: "Light", dark: "Dark" };
