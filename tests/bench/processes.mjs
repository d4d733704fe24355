// What the system knows of the processes of a window: when it was started, and the memory that is really its own.

import { readFileSync, readdirSync, readlinkSync, realpathSync } from "node:fs";
import { basename } from "node:path";

/** The process that runs `binary` below this one. */
export function processOf(binary) {
  const wanted = realpathSync(binary);
  const found = below(process.pid).find((pid) => programOf(pid) === wanted);
  if (!found) throw new Error("The window is not running.");
  return found;
}

/** When it was started, as a time of this computer's clock; the system keeps hundredths of a second. */
export function startOf(pid) {
  const ticks = Number(statOf(pid)[19]);
  const up = Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]);
  return Date.now() - up * 1000 + ticks * 10;
}

/** The memory of a process and of all it started, shared pages counted in part (PSS), by the program's name. */
export function memoryOf(pid) {
  const parts = {};
  for (const one of [pid, ...below(pid)]) {
    const name = basename(programOf(one) ?? "");
    const pss = Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${one}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    parts[name] = (parts[name] ?? 0) + pss * 1024;
  }
  return parts;
}

function below(pid) {
  const children = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && statOf(name)?.[1] === String(pid));
  return children.flatMap((child) => [Number(child), ...below(child)]);
}

/** The fields of `/proc/PID/stat` behind the program's name, which may have blanks in it: state, parent … */
function statOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
  } catch {
    return undefined;
  }
}

function programOf(pid) {
  try {
    return readlinkSync(`/proc/${pid}/exe`);
  } catch {
    return undefined;
  }
}
