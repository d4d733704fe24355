"""Judges edits from outside: reads pairs of files and the lines that each edit named, and says which changed others.

Usage: judge.py FOLDER, with N.old, N.new and edits.jsonl (a line each: {"case": N, "from": A, "to": B}; lines A to B,
counted from 0, B excluded, are those of the old file that the edit named). Prints what is wrong, a line each.
"""

import difflib
import json
import pathlib
import re
import sys

folder = pathlib.Path(sys.argv[1])
LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|$)")


def lines(name):
    """A file's lines with their ends: CRLF, LF or a lone CR."""
    return [line for line in LINE.findall((folder / name).read_bytes()) if line]


judged = 0
for text in (folder / "edits.jsonl").read_text().splitlines():
    edit = json.loads(text)
    old, new = lines(f"{edit['case']}.old"), lines(f"{edit['case']}.new")
    named = range(edit["from"], edit["to"])
    after = len(old) - edit["to"]
    judged += 1
    # Equal lines may pair up in several ways; what stands before and behind the named lines must be as it was.
    if old[: edit["from"]] != new[: edit["from"]] or (after and old[-after:] != new[-after:]):
        print(f"case {edit['case']}: a line outside {named} changed")
        continue
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    changed = sum(i2 - i1 for tag, i1, i2, _, _ in matcher.get_opcodes() if tag in ("replace", "delete"))
    if changed > len(named):
        print(f"case {edit['case']}: {changed} old lines changed, {len(named)} were named")
print(f"{judged} judged")
