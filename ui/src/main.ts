// Starts the window: on the real engine inside Tauri, on the one for design work in a browser.

import "./errors";
import "./tokens.css";
import "./base.css";
import { mount } from "svelte";
import App from "./App.svelte";
import type { Backend } from "./lib/backend";
import { tauri } from "./lib/backend/tauri";
import { Stores } from "./lib/stores";

// What people get has no other engine in it; `npm run dev` and `ui/scripts/look.mjs` build for design work.
const backend: Backend = import.meta.env.MODE === "production" ? tauri : await forDesign();

async function forDesign(): Promise<Backend> {
  if ("__TAURI_INTERNALS__" in window) return tauri;
  const { fake } = await import("./lib/backend/fake");
  return fake(new URLSearchParams(location.search));
}

const target = document.getElementById("app");
if (target === null) throw new Error("index.html has a place called app");
mount(App, { target, props: { stores: new Stores(backend) } });
