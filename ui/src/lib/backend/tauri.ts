// The real engine, through Tauri. The only file that knows that Tauri is there.

import { Channel, invoke } from "@tauri-apps/api/core";
import type { Backend } from "./index";
import type { Message } from "./generated/Message";

export const tauri: Backend = {
  subscribe: (listener) => invoke("subscribe", { channel: new Channel<Message>(listener) }),
  list: (query) => invoke("list", { query }),
  detail: (id) => invoke("detail", { id }),
  chains: (id) => invoke("chains", { id }),
  problems: () => invoke("problems"),
  problem: (key) => invoke("problem", { key }),
  reveal: (id, key) => invoke("reveal", { id, key }),
  conceal: (ticket) => invoke("conceal", { ticket }),
  copy: (id, key) => invoke("copy", { id, key }),
  pin: (id, pinned) => invoke("pin", { id, pinned }),
  createFiles: (files) => invoke("create_files", { files }),
  lookAgain: () => invoke("look_again"),
};
