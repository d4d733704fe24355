// Runs other programs for the scripts of this folder, and says each step in one plain line with its time.

import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("..", import.meta.url)).replace(/[\\/]$/, "");

/**
 * Runs a command in the root folder and answers `{ code, output }`; `output` is both streams as they came.
 * `show: "all"` passes them on meanwhile, `"none"` keeps them back, `"screen"` hands the terminal over (no output then).
 * With `patience`, in minutes, the command and all it started are ended when it takes longer.
 */
export function run(command, args, { env = process.env, cwd = root, show = "all", patience } = {}) {
  return new Promise((done, failed) => {
    const pipe = show === "screen" ? "inherit" : "pipe";
    const stdio = [show === "screen" ? "inherit" : "ignore", pipe, pipe];
    const child = spawn(command, args, { cwd, env, stdio, detached: patience !== undefined });
    let output = "";
    for (const [from, to] of [
      [child.stdout, process.stdout],
      [child.stderr, process.stderr],
    ]) {
      from?.setEncoding("utf8");
      from?.on("data", (text) => {
        output += text;
        if (show === "all") to.write(text);
      });
    }
    let late;
    const stopWaiting =
      patience === undefined ? () => {} : limit(child, patience, () => (late = `no end in ${patience} min`));
    child.on("error", (error) => {
      stopWaiting();
      failed(new Error(`${command} did not start: ${error.message}`));
    });
    child.on("close", (code, signal) => {
      stopWaiting();
      done({ code: late ?? code ?? `signal ${signal}`, output: withoutColour(output) });
    });
  });
}

/** Ends a child's process group after so many minutes, or when we end ourselves; answers how to call that off. */
function limit(child, minutes, onLate) {
  const end = () => {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has gone already.
    }
  };
  const leave = () => process.exit(130);
  const timer = setTimeout(() => (onLate(), end()), minutes * 60_000);
  process.on("exit", end);
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, leave);
  return () => {
    clearTimeout(timer);
    process.off("exit", end);
    for (const signal of ["SIGINT", "SIGTERM"]) process.off(signal, leave);
  };
}

/** One step a person waits for: says it, runs it, says how long it took; stops everything when it fails. */
export async function step(sentence, command, args, options = {}) {
  const started = Date.now();
  const show = options.show ?? "none";
  process.stdout.write(show === "none" ? `${sentence} … ` : `${sentence} …\n`);
  const { code, output } = await run(command, args, { ...options, show });
  if (code !== 0) {
    process.stdout.write("\n");
    process.stderr.write(output);
    console.error(`That did not work: ${[command, ...args].join(" ")} ended with ${code}.`);
    process.exit(1);
  }
  console.log(show === "none" ? seconds(started) : `${sentence}: ${seconds(started)}`);
}

/** How long it is since `started`, for people: `0.4 s`, `2 min 05 s`. */
export function seconds(started, now = Date.now()) {
  const passed = (now - started) / 1000;
  if (passed < 59.95) return `${passed.toFixed(1)} s`;
  const whole = Math.round(passed);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}

function withoutColour(text) {
  // eslint-disable-next-line no-control-regex -- the escape character is what begins a colour
  return text.replaceAll(/\u001b\[[0-9;]*m/g, "");
}
