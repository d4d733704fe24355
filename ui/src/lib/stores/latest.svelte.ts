// Only the newest question counts. One question is on its way at a time; those asked meanwhile replace each other, and
// an answer to any but the newest is dropped. So holding an arrow key down asks for the row it stops at, not for all.

import type { FailureView } from "../backend/generated/FailureView";
import { failureOf } from "../words/failures";

/** What waits longer than this may say so. */
const SLOW = 400;

export class Latest<Question, Answer> {
  readonly #fetch: (question: Question) => Promise<Answer>;
  readonly #take: (answer: Answer, question: Question) => void;
  readonly #refuse: (failure: FailureView, question: Question) => void;
  #current: { question: Question } | undefined;
  #isOnItsWay = false;
  #answered: Promise<void> = Promise.resolve();
  #isStale = false;
  #isSlow = $state(false);

  constructor(
    fetch: (question: Question) => Promise<Answer>,
    take: (answer: Answer, question: Question) => void,
    refuse: (failure: FailureView, question: Question) => void,
  ) {
    this.#fetch = fetch;
    this.#take = take;
    this.#refuse = refuse;
  }

  get isAsked(): boolean {
    return this.#current !== undefined;
  }

  /** Nothing has come for a while. */
  get isSlow(): boolean {
    return this.#isSlow;
  }

  /** Done when the newest question is answered. */
  get answered(): Promise<void> {
    return this.#answered;
  }

  ask(question: Question): void {
    this.#current = { question };
    this.#isStale = true;
    if (!this.#isOnItsWay) this.#answered = this.#run();
  }

  /** Asks the newest question once more: the world has changed. An answer on its way is still shown first. */
  again(): void {
    if (this.#current === undefined) return;
    this.#isStale = true;
    if (!this.#isOnItsWay) this.#answered = this.#run();
  }

  /** Nothing is wanted any more. */
  forget(): void {
    this.#current = undefined;
    this.#isStale = false;
  }

  async #run(): Promise<void> {
    this.#isOnItsWay = true;
    const slow = setTimeout(() => (this.#isSlow = true), SLOW);
    while (this.#isStale && this.#current !== undefined) {
      this.#isStale = false;
      const asked = this.#current;
      const isNewest = () => this.#current === asked;
      try {
        const answer = await this.#fetch(asked.question);
        if (isNewest()) this.#take(answer, asked.question);
      } catch (reason) {
        if (isNewest()) this.#refuse(failureOf(reason), asked.question);
      }
    }
    clearTimeout(slow);
    this.#isSlow = false;
    this.#isOnItsWay = false;
  }
}
