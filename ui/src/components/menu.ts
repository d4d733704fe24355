// What a `Menu` shows: sections of choices of which one is taken, or of things to do.

export interface MenuSection {
  title: string;
  /** What is done has no `isChosen`. */
  choices: readonly { label: string; isChosen?: boolean; choose: () => void }[];
}

/** A section over the words of an enum. */
export function section<Value extends string>(
  title: string,
  words: Record<Value, string>,
  chosen: Value,
  choose: (value: Value) => void,
): MenuSection {
  const values = Object.keys(words) as Value[];
  return {
    title,
    choices: values.map((value) => ({
      label: words[value],
      isChosen: value === chosen,
      choose: () => choose(value),
    })),
  };
}
