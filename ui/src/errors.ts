// Everything that went wrong without anybody asking, in one list that a test of the window reads and finds empty.

declare global {
  interface Window {
    __errors: string[];
  }
}

window.__errors = [];
const note = (text: string): void => void window.__errors.push(text);

addEventListener(
  "error",
  (event) => note(`error: ${event.message || (event.target instanceof Element ? event.target.tagName : "")}`),
  true,
);
addEventListener("unhandledrejection", (event) => note(`rejection: ${String(event.reason)}`));
document.addEventListener("securitypolicyviolation", (event) => {
  note(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
});
for (const level of ["error", "warn"] as const) {
  const write = console[level].bind(console);
  console[level] = (...words: unknown[]) => {
    note(`${level}: ${words.map(String).join(" ")}`);
    write(...words);
  };
}

export {};
