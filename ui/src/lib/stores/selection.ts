// Where a selection goes when what was selected is gone.

/** The next one after `gone` that is still there, else the one before it, else none. */
export function nextAfter<Key>(gone: Key, before: readonly Key[], isThere: (key: Key) => boolean): Key | undefined {
  const at = before.indexOf(gone);
  if (at < 0) return undefined;
  return before.slice(at + 1).find(isThere) ?? before.slice(0, at).findLast(isThere);
}
