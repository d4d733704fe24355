// What the window can ask of the engine, whoever answers: the real one (`tauri.ts`) or the one for design work and
// component tests (`fake.ts`). Stores call this; components never do.

import type { ChainView } from "./generated/ChainView";
import type { Detail } from "./generated/Detail";
import type { FileKind } from "./generated/FileKind";
import type { Listing } from "./generated/Listing";
import type { Message } from "./generated/Message";
import type { ProblemDetail } from "./generated/ProblemDetail";
import type { ProblemGroup } from "./generated/ProblemGroup";
import type { Query } from "./generated/Query";
import type { Revealed } from "./generated/Revealed";

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
}
