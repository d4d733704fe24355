// `npm start`: opens your own files, in your own environment, unchanged.

import { spawnSync } from "node:child_process";
import { app, command, setUpAndBuild } from "./build.mjs";

await setUpAndBuild("--build");
if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
  console.error(`There is no display to open a window on. The command reads the same files: ${command} list`);
  process.exit(1);
}
console.log("Opening your files.");
const { status } = spawnSync(app, process.argv.slice(2), { stdio: "inherit" });
process.exit(status ?? 1);
