// What the window can ask of the engine, whoever answers: the real one (`tauri.ts`) or the one for design work and
// component tests (`fake.ts`). Stores call this; components never do.

import type { AccountForm } from "./generated/AccountForm";
import type { AssumeOutcome } from "./generated/AssumeOutcome";
import type { ChainView } from "./generated/ChainView";
import type { ChangeOutcome } from "./generated/ChangeOutcome";
import type { ChangeRequest } from "./generated/ChangeRequest";
import type { Comparison } from "./generated/Comparison";
import type { Compatibility } from "./generated/Compatibility";
import type { Detail } from "./generated/Detail";
import type { Diagnosis } from "./generated/Diagnosis";
import type { Draft } from "./generated/Draft";
import type { FileKind } from "./generated/FileKind";
import type { HistoryChoice } from "./generated/HistoryChoice";
import type { Identity } from "./generated/Identity";
import type { Listing } from "./generated/Listing";
import type { ListingProgress } from "./generated/ListingProgress";
import type { LoginOutcome } from "./generated/LoginOutcome";
import type { LoginStep } from "./generated/LoginStep";
import type { LogoutOutcome } from "./generated/LogoutOutcome";
import type { Message } from "./generated/Message";
import type { Pasted } from "./generated/Pasted";
import type { PlaceSide } from "./generated/PlaceSide";
import type { PortalListing } from "./generated/PortalListing";
import type { PortalRoles } from "./generated/PortalRoles";
import type { PortalView } from "./generated/PortalView";
import type { ProblemDetail } from "./generated/ProblemDetail";
import type { ProblemGroup } from "./generated/ProblemGroup";
import type { ProfileChoice } from "./generated/ProfileChoice";
import type { Proposal } from "./generated/Proposal";
import type { Query } from "./generated/Query";
import type { ReadBy } from "./generated/ReadBy";
import type { Resolution } from "./generated/Resolution";
import type { Revealed } from "./generated/Revealed";
import type { SaveOutcome } from "./generated/SaveOutcome";
import type { Shell } from "./generated/Shell";
import type { TextChange } from "./generated/TextChange";
import type { WhyDocument } from "./generated/WhyDocument";

export interface Backend {
  /** Everything at first, then each change as it happens. */
  subscribe(listener: (message: Message) => void): Promise<void>;
  /** Which rows answer a filter, in which order and groups. */
  list(query: Query): Promise<Listing>;
  /** One profile in full. Fails with `notFound` when its name is gone. */
  detail(id: number): Promise<Detail>;
  /** The chain of a role profile with all that starts where it starts. */
  chains(id: number): Promise<ChainView>;
  /** All problems, grouped, worst first. */
  problems(): Promise<ProblemGroup[]>;
  /** One problem in full. Fails with `notFound` when it is solved. */
  problem(key: string): Promise<ProblemDetail>;
  /** What each SDK makes of both files, and of the profiles that not all read as they are listed. */
  compatibility(): Promise<Compatibility>;
  /** Who can read a profile. The first answer after a change of the files takes as long as each SDK takes to read them. */
  readBy(id: number): Promise<ReadBy>;
  /** Which keys each SDK would use with a profile, step by step. */
  why(id: number): Promise<WhyDocument>;
  /** Shows one secret for 30 seconds; `concealed` with its ticket follows. */
  reveal(id: number, key: string): Promise<Revealed>;
  /** Ends a showing before its time. */
  conceal(ticket: number): Promise<void>;
  /** Puts a value on the clipboard; a secret leaves it after 60 seconds. */
  copy(id: number, key: string): Promise<void>;
  /** Keeps a profile at the top of the list, or lets it go. */
  pin(id: number, pinned: boolean): Promise<void>;
  /** Creates the named files, empty but for a comment, with private permissions. Never touches one that exists. */
  createFiles(files: FileKind[]): Promise<void>;
  /** Looks at the files now; asked for when the window gets the focus. */
  lookAgain(): Promise<void>;

  /** What the editor shows of a file: what is on disk, or what was typed and not saved. */
  openDraft(file: FileKind): Promise<Draft>;
  /** Takes what was typed on top of `version`; answers the next one. One at a time: wait for the answer. */
  editDraft(file: FileKind, version: number, changes: TextChange[]): Promise<number>;
  /** What is found in the draft as it is now. */
  diagnoseDraft(file: FileKind, known?: string): Promise<Diagnosis>;
  /** Puts the draft on disk, merged with what others changed elsewhere in the file. */
  saveDraft(file: FileKind): Promise<SaveOutcome>;
  /** Lets the draft go. */
  discardDraft(file: FileKind): Promise<Draft>;
  /** What becomes of the draft when the file changed on disk. */
  resolveDraft(file: FileKind, resolution: Resolution): Promise<Draft>;
  /**
   * Settles one of the places that both changed, as they were compared last. Nothing becomes of it when another program
   * changed the file since.
   */
  settlePlace(file: FileKind, version: number, place: number, side: PlaceSide): Promise<Draft>;
  /** Both sides: on disk, and typed. */
  compareDraft(file: FileKind): Promise<Comparison>;
  /** Shows the secrets of a file in the editor, or hides them again. */
  showSecrets(file: FileKind, shown: boolean): Promise<Draft>;

  /** Every portal of the files, and whether somebody is signed in there. */
  portals(): Promise<PortalView[]>;
  /** What a portal gives beside the profiles that are there; nothing before it was listed. */
  portalRoles(portal: string, template: string): Promise<PortalRoles | null>;
  /** What AWS tools would use in place of a sign-in, as sentences. */
  shadows(portal: string): Promise<string[]>;
  /** Signs in. What the person has to do meanwhile is told; the answer comes at its end. */
  login(portal: string, byCode: boolean, fresh: boolean, told: (step: LoginStep) => void): Promise<LoginOutcome>;
  cancelLogin(portal: string): Promise<void>;
  /** Puts the page of a sign-in on the clipboard, or its code. */
  copyLogin(portal: string, code: boolean): Promise<void>;
  /** Opens that page once more. */
  openLogin(portal: string): Promise<void>;
  /** Ends the session at the portal. */
  logout(portal: string): Promise<LogoutOutcome>;
  /** Puts the reminder of a portal's end off. */
  remindLater(portal: string, minutes: number): Promise<void>;
  /** Asks a portal for all accounts and roles; goes on with what is known, unless `anew`. */
  listPortal(portal: string, anew: boolean, told: (progress: ListingProgress) => void): Promise<PortalListing>;
  cancelListing(portal: string): Promise<void>;

  /** What a change would do to the files. Writes nothing. */
  propose(request: ChangeRequest): Promise<Proposal>;
  /** Does what was shown as the proposal of this id; nothing else. */
  carryOut(request: ChangeRequest, id: string): Promise<ChangeOutcome>;
  /** Closes a file to everybody but its owner; its content stays as it is. */
  closePermissions(file: FileKind): Promise<void>;
  /** Takes back the last change that Rolecall made to the files; answers what that was. */
  undo(): Promise<string>;
  /** How History keeps text from now on; a passphrase opens what is there. */
  chooseHistory(choice: HistoryChoice, passphrase?: string): Promise<void>;
  /** A new passphrase for History in the place of one that was forgotten. What was kept with that can’t be read any more. */
  replacePassphrase(passphrase: string): Promise<void>;
  /** The next change is written though its old text can’t be kept. */
  skipHistory(): Promise<void>;
  /** Recognises what a person pasted; its secrets stay in the engine. */
  lookAtPaste(text: string): Promise<Pasted>;
  /** Lets go of what was pasted. */
  forgetPaste(): Promise<void>;

  /** Assumes a role profile through its chain, with the endpoint of an account if one is named. */
  assume(id: number, account?: number, code?: string): Promise<AssumeOutcome>;
  /** Gives up; `assume` answers `cancelled`. */
  cancelAssume(id: number): Promise<void>;
  /** Forgets the keys of an assumed role. */
  endSession(id: number, account?: number): Promise<void>;
  /** Puts the lines that hand a profile's keys to a shell on the clipboard for 60 seconds; of a role, those of its session. */
  copyExports(id: number, shell: Shell, account?: number): Promise<void>;
  /** Asks AWS who one is with a profile. */
  verify(id: number): Promise<Identity>;
  /** What a profile fills into the account form. */
  profileChoice(id: number): Promise<ProfileChoice>;
  /** Keeps an account, a new one or a changed one; answers its id. */
  saveAccount(form: AccountForm, id?: number): Promise<number>;
  /** Forgets an account. The files stay as they are. */
  removeAccount(id: number): Promise<void>;
  /** Asks AWS who one is with an account, its role included when that is assumed. */
  verifyAccount(id: number): Promise<Identity>;
  /** Puts an account at the top of the window, with a role of it or its base keys; none puts no account there. */
  useAccount(id?: number, role?: number): Promise<void>;
  /** Changes the region in force; none is the account's own again. */
  useRegion(region?: string): Promise<void>;
  /** Answers “Session Token Changed”. */
  answerTokenChange(ticket: number, useNew: boolean): Promise<void>;
}
