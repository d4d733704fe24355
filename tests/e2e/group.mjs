// A group of tests that share one window: opened before the first, closed after the last, and its home with it.

import { after, before } from "node:test";
import { openWindow, profileRow } from "./app.mjs";
import { Home } from "./home.mjs";

/** While the tests of a group run: a window on a home of these files, in which this profile is to be seen. */
export function onHome(files, profile, take) {
  let opened;
  before(async () => {
    const home = Home.with(files);
    opened = { home, window: await openWindow(home) };
    take(opened);
    await opened.window.see(profileRow(profile));
  });
  after(async () => {
    await opened?.window.close();
    opened?.home.remove();
  });
}
