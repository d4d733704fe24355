// `npm run demo`: sets up, builds, and shows the window on a sample home.
//   --picture FILE   a picture of the window instead, as on a computer without a display (FILE may be left out there)

import { join, resolve } from "node:path";
import { setUpAndBuild, target } from "./build.mjs";
import { seconds } from "./run.mjs";
import { showSample } from "./show-sample.mjs";

const started = Date.now();
const asked = process.argv.indexOf("--picture");
const display = process.platform !== "linux" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
const file = asked > 0 ? process.argv[asked + 1] : undefined;
const picture = asked > 0 || !display ? resolve(file ?? join(target, "demo.png")) : undefined;

await setUpAndBuild(picture ? "--picture" : "--build");
console.log(`Ready after ${seconds(started)}.`);
if (!display) console.log("There is no display here, so this takes a picture instead of opening a window.");
await showSample({ picture });
console.log("To open your own files: npm start");
