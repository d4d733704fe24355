// Light, dark, or as the system has it, and the contrast that the system asks for. Written on the page's root, where
// `tokens.css` reads it.

import { recall, remember } from "./remembered";

const THEMES = ["system", "light", "dark"] as const;
export type ThemeChoice = (typeof THEMES)[number];

/** What is on screen now. */
export interface Drawn {
  isDark: boolean;
  isContrast: boolean;
}

export class Theme {
  #choice = $state<ThemeChoice>(recall("theme", THEMES) ?? "system");
  #drawn = $state.raw<Drawn>({ isDark: false, isContrast: false });
  readonly #root: HTMLElement;
  readonly #dark = matchMedia("(prefers-color-scheme: dark)");
  readonly #contrast = matchMedia("(prefers-contrast: more)");

  constructor(root: HTMLElement) {
    this.#root = root;
    this.#dark.addEventListener("change", () => this.#draw());
    this.#contrast.addEventListener("change", () => this.#draw());
    this.#draw();
  }

  get choice(): ThemeChoice {
    return this.#choice;
  }

  /** For what does not read the page's styles by itself. */
  get drawn(): Drawn {
    return this.#drawn;
  }

  choose(choice: ThemeChoice): void {
    this.#choice = choice;
    remember("theme", choice);
    this.#draw();
  }

  #draw(): void {
    const isDark = this.#choice === "dark" || (this.#choice === "system" && this.#dark.matches);
    this.#root.dataset.theme = isDark ? "dark" : "light";
    this.#root.dataset.contrast = this.#contrast.matches ? "more" : "";
    this.#drawn = { isDark, isContrast: this.#contrast.matches };
  }
}
