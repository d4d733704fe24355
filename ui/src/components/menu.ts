// What a `Menu` shows: sections of choices of which one is taken.

export interface MenuSection {
  title: string;
  choices: readonly { label: string; isChosen: boolean; choose: () => void }[];
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
