// Small tastes that outlive the window: theme, pane widths, grouping. Losing them costs nothing, so a store that
// refuses is no failure.

const PREFIX = "rolecall.";

/** One of the `known` words, if that is what was remembered. */
export function recall<Word extends string>(name: string, known: readonly Word[]): Word | undefined {
  const word = read(name);
  return known.find((candidate) => candidate === word);
}

export function recallNumber(name: string): number | undefined {
  const number = Number.parseFloat(read(name) ?? "");
  return Number.isFinite(number) ? number : undefined;
}

export function remember(name: string, value: string | number): void {
  try {
    localStorage.setItem(PREFIX + name, String(value));
  } catch {
    // No storage here: the next start uses what this one began with.
  }
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}
