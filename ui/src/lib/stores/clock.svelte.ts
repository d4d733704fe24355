// The present, for countdowns: it moves every 30 seconds, because nothing on screen is finer than a minute.

const TICK = 30_000;

const seconds = (): number => Math.floor(Date.now() / 1000);

export class Clock {
  #now = $state(seconds());

  /** Seconds since 1970. */
  get now(): number {
    return this.#now;
  }

  /** Until the answer is called. */
  run(): () => void {
    const timer = setInterval(() => this.look(), TICK);
    return () => clearInterval(timer);
  }

  /** Something has happened: what is said about it is measured from now. */
  look(): void {
    this.#now = seconds();
  }
}
