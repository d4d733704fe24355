// From one text to another in whole lines, changing as few as it takes, so that cursor and scroll stay where they were.

export interface LineEdit {
  /** The first line that goes, from 0; the place where lines come, when none goes. */
  start: number;
  /** Behind the last line that goes. */
  end: number;
  lines: readonly string[];
}

/** The largest table that is worth filling; two larger blocks that differ are taken as one change. */
const MOST = 1_000_000;

/** In the order of the text, none touching the next. */
export function lineEdits(before: readonly string[], after: readonly string[]): LineEdit[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let tail = 0;
  while (
    tail < before.length - start &&
    tail < after.length - start &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail += 1;
  const old = before.slice(start, before.length - tail);
  const fresh = after.slice(start, after.length - tail);
  if (old.length === 0 && fresh.length === 0) return [];
  if (old.length === 0 || fresh.length === 0 || old.length * fresh.length > MOST)
    return [{ start, end: start + old.length, lines: fresh }];
  return betweenCommon(old, fresh).map((edit) => ({ ...edit, start: edit.start + start, end: edit.end + start }));
}

/** The edits around the longest common subsequence. */
function betweenCommon(old: readonly string[], fresh: readonly string[]): LineEdit[] {
  const width = fresh.length + 1;
  const common = new Uint16Array((old.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = fresh.length - 1; j >= 0; j -= 1)
      common[i * width + j] = old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const edits: LineEdit[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < fresh.length) {
    const [start, from] = [i, j];
    while ((i < old.length || j < fresh.length) && !(i < old.length && j < fresh.length && old[i] === fresh[j])) {
      if (j >= fresh.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) i += 1;
      else j += 1;
    }
    if (i > start || j > from) edits.push({ start, end: i, lines: fresh.slice(from, j) });
    while (i < old.length && j < fresh.length && old[i] === fresh[j]) [i, j] = [i + 1, j + 1];
  }
  return edits;
}
