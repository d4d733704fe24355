// Starts the window: on the real engine inside Tauri, on the one for design work in a browser.

import "./errors";
import "./tokens.css";
import "./base.css";
import { mount } from "svelte";
import App from "./App.svelte";
import type { Backend } from "./lib/backend";
import { tauri } from "./lib/backend/tauri";
import { Stores } from "./lib/stores";

const backend: Backend =
  "__TAURI_INTERNALS__" in window
    ? tauri
    : (await import("./lib/backend/fake")).fake(new URLSearchParams(location.search));

const target = document.getElementById("app");
if (target === null) throw new Error("index.html has a place called app");
mount(App, { target, props: { stores: new Stores(backend) } });
