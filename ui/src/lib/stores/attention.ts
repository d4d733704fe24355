// Whether a sheet that nobody asked for may come up now: somebody looks at the window, types nowhere, and nothing else
// is open over the page.

const EDITED = "input, textarea, select, [contenteditable=true], [role=textbox], [role=menu], [role=menu] *";

/** A window that is just opening counts as looked at, though the system may not have given it the focus yet. */
export function mayTakeFocus(isOpening = false): boolean {
  // A minimised window may still say that it has the focus.
  const isLookedAt = isOpening || (document.hasFocus() && document.visibilityState === "visible");
  return isLookedAt && !document.activeElement?.matches(EDITED) && document.querySelector("dialog[open]") === null;
}
