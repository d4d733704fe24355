// How the two files are coloured. This is the one place where the page reads AWS syntax, and it reads only what a colour
// needs; what anything means is the engine's answer.

import { Emitter, Uri, type languages } from "monaco-editor/editor";

export const LANGUAGE = "aws-files";

/** A hidden secret, as the engine writes it into masked text. */
export const HIDDEN = /••••[0-9A-Za-z]{8,}••••/;

export const tokens: languages.IMonarchLanguage = {
  defaultToken: "value",
  tokenizer: {
    root: [
      [/^\s*[#;].*$/, "comment"],
      [/^(\s*\[[^\]]*\])(\s*)([#;].*|)$/, ["section", "value", "comment"]],
      [/^\s*\[.*$/, "section"],
      [/^(\s*[^=\s][^=]*?)(\s*)(=)/, ["key", "value", "sign"]],
      [HIDDEN, "hidden"],
      [/[^•]+/, "value"],
      [/•/, "value"],
    ],
  },
};

export const configuration: languages.LanguageConfiguration = {
  comments: { lineComment: "#" },
  // Names and addresses are one word each: a double click takes all of `acme-dev` and of a role's ARN up to its colon.
  wordPattern: /[^\s=[\]:,;#"']+/,
};

let made = 0;
/** An address of its own for each text: Monaco knows texts by it. */
export const newAddress = (): Uri => Uri.from({ scheme: "rolecall", path: `/${(made += 1)}` });

/** A text's sections are others than before: its folds are asked for anew. */
export const sectionsChanged = new Emitter<languages.FoldingRangeProvider>();
