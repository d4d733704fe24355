// How long something still lasts and how long ago it was. All times are seconds since 1970, all spans are rounded down:
// a session never looks longer than it is.

import { count, day, isSameDay, time } from "./intl";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `47 min`, `5 h 12 min`, `3 d 4 h`. */
export function span(seconds: number): string {
  if (seconds < MINUTE) return "under 1 min";
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  const hours = Math.floor(seconds / HOUR);
  if (seconds < DAY) return `${hours} h ${Math.floor((seconds % HOUR) / MINUTE)} min`;
  return `${count(Math.floor(seconds / DAY))} d ${hours % 24} h`;
}

/** `just now`, `3 min ago`. */
export function ago(then: number, now: number): string {
  const seconds = now - then;
  return seconds < MINUTE ? "just now" : `${span(seconds)} ago`;
}

/** `18:57` of today, `18:57, 24 November` of another day. */
export function until(end: number, now: number): string {
  return isSameDay(end, now) ? time(end) : `${time(end)}, ${day(end)}`;
}

/** `09:02, 22 November`. */
export const moment = (then: number): string => `${time(then)}, ${day(then)}`;
