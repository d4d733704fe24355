// Results, told in passing: four seconds, longer while somebody looks. Failures stay until they are closed.

import type { FailureView } from "../backend/generated/FailureView";
import type { Announcer } from "./announcer.svelte";

const STAY = 4000;

interface Toast {
  id: number;
  text: string;
  hint?: string;
}

export class Toasts {
  readonly #announcer: Announcer;
  #toasts = $state.raw<readonly Toast[]>([]);
  #lastId = 0;
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  constructor(announcer: Announcer) {
    this.#announcer = announcer;
  }

  get all(): readonly Toast[] {
    return this.#toasts;
  }

  tell(text: string): void {
    this.resume(this.#add({ text }));
  }

  fail({ message, hint }: FailureView): void {
    this.#add({ text: message, hint });
  }

  /** Somebody is reading: it stays. */
  pause(id: number): void {
    clearTimeout(this.#timers.get(id));
  }

  resume(id: number): void {
    const toast = this.#toasts.find((toast) => toast.id === id);
    if (toast === undefined || toast.hint !== undefined) return;
    this.pause(id);
    this.#timers.set(
      id,
      setTimeout(() => this.close(id), STAY),
    );
  }

  close(id: number): void {
    this.pause(id);
    this.#timers.delete(id);
    this.#toasts = this.#toasts.filter((toast) => toast.id !== id);
  }

  #add(toast: Omit<Toast, "id">): number {
    this.#lastId += 1;
    this.#toasts = [...this.#toasts, { ...toast, id: this.#lastId }];
    this.#announcer.say([toast.text, toast.hint].filter(Boolean).join(" "));
    return this.#lastId;
  }
}
