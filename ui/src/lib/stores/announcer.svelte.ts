// What is read out without taking the focus: one polite region, one message in two seconds, the newest wins.

const PAUSE = 2000;

export class Announcer {
  #text = $state("");
  #waiting: string | undefined;
  #isQuiet = false;

  /** The text of the live region. */
  get text(): string {
    return this.#text;
  }

  say(text: string): void {
    this.#waiting = text;
    if (!this.#isQuiet) this.#speak();
  }

  #speak(): void {
    this.#isQuiet = false;
    if (this.#waiting === undefined) return;
    // The same sentence twice in a row would be no change, and no change is not read out.
    this.#text = this.#waiting === this.#text ? `${this.#waiting}\u00a0` : this.#waiting;
    this.#waiting = undefined;
    this.#isQuiet = true;
    setTimeout(() => this.#speak(), PAUSE);
  }
}
