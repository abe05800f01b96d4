/** A whole number with commas: `2,000`. Not `toLocaleString`, whose answer depends on how Node was built. */
export const grouped = (number: number): string => String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ',');

/** `1 step`, `2 steps`. */
export const counted = (count: number, noun: string, plural = `${noun}s`): string => `${grouped(count)} ${count === 1 ? noun : plural}`;
