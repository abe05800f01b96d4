/**
 * How wide a text is, without a browser. The widths are those of Helvetica's own metric files, in thousandths of an em,
 * for the characters 32 to 126; Arial and Liberation Sans have the same by design, so the picture fits wherever one of
 * the three is installed.
 */
const regular = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584,
  584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667,
  611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500,
  722, 500, 500, 500, 334, 260, 334, 584,
];
const bold = [
  278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584,
  584, 584, 611, 975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667,
  611, 333, 278, 333, 584, 556, 333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556,
  778, 556, 556, 500, 389, 280, 389, 584,
];

export type Weight = 'regular' | 'bold';

/** The stack that every picture is set in. */
export const fontStack = 'Helvetica, Arial, "Liberation Sans", sans-serif';

/** Letters outside the table are taken as wide ones; those of the East Asian blocks fill the em. */
const otherWidth = (code: number): number => (code === 0xa0 ? 278 : code >= 0x1100 ? 1000 : 722);

/** The width of a text in pixels. */
export const widthOf = (text: string, size: number, weight: Weight = 'regular'): number => {
  const table = weight === 'bold' ? bold : regular;
  let thousandths = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 32;
    thousandths += table[code - 32] ?? otherWidth(code);
  }
  return (thousandths * size) / 1000;
};
