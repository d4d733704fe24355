// Numbers, lists and moments as the person's system writes them. The sentences are English, so the language is, too;
// the region and the clock of 12 or 24 hours are the system's.

const system = new Intl.DateTimeFormat(undefined, { hour: "numeric" }).resolvedOptions();
const locale = system.locale.startsWith("en") ? system.locale : "en-GB";
const hourCycle = system.hourCycle;

const numbers = new Intl.NumberFormat(locale);
const plurals = new Intl.PluralRules("en");
const times = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", hourCycle });
const days = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long" });
const lists = new Intl.ListFormat("en", { type: "conjunction" });

export const count = (number: number): string => numbers.format(number);

/** `1 profile`, `9,985 profiles`. */
export const counted = (number: number, one: string, other: string): string =>
  `${count(number)} ${plurals.select(number) === "one" ? one : other}`;

export const list = (words: readonly string[]): string => lists.format(words);

/** `18:57`. Takes seconds since 1970, as everything here does. */
export const time = (seconds: number): string => times.format(seconds * 1000);

export const day = (seconds: number): string => days.format(seconds * 1000);

export const isSameDay = (one: number, other: number): boolean =>
  new Date(one * 1000).toDateString() === new Date(other * 1000).toDateString();
