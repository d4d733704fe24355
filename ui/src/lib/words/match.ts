// What typing into a short list finds. What a filter over profiles finds is the engine's answer, not this.

const plain = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();

/** Whether each word of `text` is in `words`, whatever the case and the accents. */
export function matches(words: string, text: string): boolean {
  const whole = plain(words);
  return plain(text)
    .split(/\s+/)
    .every((word) => whole.includes(word));
}
