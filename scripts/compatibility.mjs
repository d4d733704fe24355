// `npm run compatibility`: writes the tables of `docs/compatibility.md` from the readings themselves.

import { run } from "./run.mjs";

const test = ["test", "--quiet", "--package", "rolecall-tests", "--test", "conformance", "page::the_page"];
const { code } = await run("cargo", test, { env: { ...process.env, ROLECALL_WRITE_PAGE: "1" }, patience: 30 });
process.exitCode = code;
