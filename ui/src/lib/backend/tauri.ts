// The real engine, through Tauri. The only file that knows that Tauri is there.

import { Channel, invoke } from "@tauri-apps/api/core";
import type { Backend } from "./index";
import type { ListingProgress } from "./generated/ListingProgress";
import type { LoginStep } from "./generated/LoginStep";
import type { Message } from "./generated/Message";

export const tauri: Backend = {
  subscribe: (listener) => invoke("subscribe", { channel: new Channel<Message>(listener) }),
  list: (query) => invoke("list", { query }),
  detail: (id) => invoke("detail", { id }),
  chains: (id) => invoke("chains", { id }),
  problems: () => invoke("problems"),
  problem: (key) => invoke("problem", { key }),
  compatibility: () => invoke("compatibility"),
  readBy: (id) => invoke("read_by", { id }),
  why: (id) => invoke("why", { id }),
  reveal: (id, key) => invoke("reveal", { id, key }),
  conceal: (ticket) => invoke("conceal", { ticket }),
  copy: (id, key) => invoke("copy", { id, key }),
  pin: (id, pinned) => invoke("pin", { id, pinned }),
  createFiles: (files) => invoke("create_files", { files }),
  lookAgain: () => invoke("look_again"),

  openDraft: (file) => invoke("open_draft", { file }),
  editDraft: (file, version, changes) => invoke("edit_draft", { file, version, changes }),
  diagnoseDraft: (file, known) => invoke("diagnose_draft", { file, known }),
  saveDraft: (file) => invoke("save_draft", { file }),
  discardDraft: (file) => invoke("discard_draft", { file }),
  resolveDraft: (file, resolution) => invoke("resolve_draft", { file, resolution }),
  settlePlace: (file, version, place, side) => invoke("settle_place", { file, version, place, side }),
  compareDraft: (file) => invoke("compare_draft", { file }),
  showSecrets: (file, shown) => invoke("show_secrets", { file, shown }),

  portals: () => invoke("portals"),
  portalRoles: (portal, template) => invoke("portal_roles", { portal, template }),
  shadows: (portal) => invoke("shadows", { portal }),
  login: (portal, byCode, fresh, told) =>
    invoke("login", { portal, byCode, fresh, steps: new Channel<LoginStep>(told) }),
  cancelLogin: (portal) => invoke("cancel_login", { portal }),
  copyLogin: (portal, code) => invoke("copy_login", { portal, code }),
  openLogin: (portal) => invoke("open_login", { portal }),
  logout: (portal) => invoke("logout", { portal }),
  remindLater: (portal, minutes) => invoke("remind_later", { portal, minutes }),
  listPortal: (portal, anew, told) =>
    invoke("list_portal", { portal, anew, progress: new Channel<ListingProgress>(told) }),
  cancelListing: (portal) => invoke("cancel_listing", { portal }),

  propose: (request) => invoke("propose", { request }),
  carryOut: (request, id) => invoke("carry_out", { request, id }),
  closePermissions: (file) => invoke("close_permissions", { file }),
  undo: () => invoke("undo"),
  chooseHistory: (choice, passphrase) => invoke("choose_history", { choice, passphrase }),
  replacePassphrase: (passphrase) => invoke("replace_passphrase", { passphrase }),
  skipHistory: () => invoke("skip_history"),
  lookAtPaste: (text) => invoke("look_at_paste", { text }),
  forgetPaste: () => invoke("forget_paste"),

  assume: (id, account, code) => invoke("assume", { id, account, code }),
  cancelAssume: (id) => invoke("cancel_assume", { id }),
  endSession: (id, account) => invoke("end_session", { id, account }),
  copyExports: (id, shell, account) => invoke("copy_exports", { id, shell, account }),
  verify: (id) => invoke("verify", { id }),
  profileChoice: (id) => invoke("profile_choice", { id }),
  saveAccount: (form, id) => invoke("save_account", { form, id }),
  removeAccount: (id) => invoke("remove_account", { id }),
  verifyAccount: (id) => invoke("verify_account", { id }),
  useAccount: (id, role) => invoke("use_account", { id, role }),
  useRegion: (region) => invoke("use_region", { region }),
  answerTokenChange: (ticket, useNew) => invoke("answer_token_change", { ticket, useNew }),
};
