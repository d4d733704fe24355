// The panes of the window in the order of the page, for the key that goes from one to the next.

/** The id of the heading of what is open. */
export const DETAIL_TITLE = "detail-title";

/** Goes so many panes further, round and round. */
export function focusPane(by: number): void {
  const panes = [...document.querySelectorAll<HTMLElement>("[data-pane]")].filter(
    (pane) => landing(pane) !== undefined,
  );
  if (panes.length === 0) return;
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  const to = here < 0 ? (by > 0 ? 0 : panes.length - 1) : (here + by + panes.length) % panes.length;
  const pane = panes[to];
  if (pane !== undefined) landing(pane)?.focus();
}

/** The field over the list. */
export function focusFilter(): void {
  const field = document.querySelector<HTMLInputElement>("#list [role=searchbox]");
  field?.focus();
  field?.select();
}

/** The list; from there the arrow keys select. */
export function focusList(): void {
  document.querySelector<HTMLElement>("#list [data-landing]")?.focus();
}

/** What is open, at its heading. */
export function focusDetail(): void {
  document.getElementById(DETAIL_TITLE)?.focus();
}

/** What is worked on in what is open, such as a text. */
export function focusWork(): void {
  document.querySelector<HTMLElement>("aside [data-landing]")?.focus();
}

/** What had the focus is gone, such as a link to what has opened now: its heading takes it. */
export function catchFocus(): void {
  if (isFocusLost()) focusDetail();
}

/** Whether nothing has the focus, as when what had it is gone. */
export const isFocusLost = (): boolean => document.activeElement === null || document.activeElement === document.body;

/** A sheet is open over the page: keys that work everywhere don't work now. */
export const isCovered = (): boolean => document.querySelector("dialog[open]") !== null;

/** Where a pane takes the focus: at the place it names, else at its first control. */
function landing(pane: HTMLElement): HTMLElement | undefined {
  return (
    pane.querySelector<HTMLElement>("[data-landing]") ??
    pane.querySelector<HTMLElement>("button, a[href], input, [tabindex='0']") ??
    undefined
  );
}
