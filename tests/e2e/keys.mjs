// The keys that have no letter, under the names the web uses for them, as WebDriver codes.

const codes = {
  Backspace: "\uE003",
  Tab: "\uE004",
  Enter: "\uE007",
  Shift: "\uE008",
  Control: "\uE009",
  Alt: "\uE00A",
  Escape: "\uE00C",
  Space: " ",
  PageUp: "\uE00E",
  PageDown: "\uE00F",
  End: "\uE010",
  Home: "\uE011",
  ArrowLeft: "\uE012",
  ArrowUp: "\uE013",
  ArrowRight: "\uE014",
  ArrowDown: "\uE015",
  Delete: "\uE017",
  Meta: "\uE03D",
  ...Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`F${at + 1}`, String.fromCharCode(0xe031 + at)])),
};

export const Keys = {
  /** `Control+Shift+k`: every key down in order, then up again the other way round. */
  chord(words) {
    const keys = words.length === 1 ? [words] : words.split("+").map((name) => codes[name] ?? letter(name));
    return [
      ...keys.map((value) => ({ type: "keyDown", value })),
      ...keys.toReversed().map((value) => ({ type: "keyUp", value })),
    ];
  },
};

function letter(name) {
  if ([...name].length !== 1) throw new Error(`There is no key called ${name}.`);
  return name;
}
