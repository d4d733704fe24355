// The letters of the page's code, in pixels, because Monaco measures for itself.

export function fonts() {
  const page = getComputedStyle(document.documentElement);
  const rem = Number.parseFloat(page.fontSize) || 16;
  const size = Number.parseFloat(page.getPropertyValue("--fs-12")) || 0.75;
  return {
    fontFamily: page.getPropertyValue("--font-mono").trim(),
    fontSize: size * rem,
    lineHeight: Math.round(size * rem * (20 / 12)),
    fontLigatures: false,
  };
}
