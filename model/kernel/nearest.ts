/** The number of insertions, deletions, replacements and swaps of neighbours between two words. */
export const distance = (a: string, b: string): number => {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const above = rows[i - 1] as number[];
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (above[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (rows[i - 2]?.[j - 2] as number) + 1 : replaced;
      row.push(Math.min((above[j] as number) + 1, (row[j - 1] as number) + 1, replaced, swapped));
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] as number;
};

/** The known name that was probably meant, or null where none is near. Case does not count; the beginning of a name is near it. */
export const nearest = (word: string, known: readonly string[]): string | null => {
  const given = word.toLowerCase().slice(0, 100);
  const ranked = [...known]
    .sort()
    .map((name) => ({ name, away: name.toLowerCase().startsWith(given) && given.length > 1 ? 1 : distance(given, name.toLowerCase()) }))
    .sort((a, b) => a.away - b.away);
  const [best] = ranked;
  return best !== undefined && best.away <= Math.max(2, Math.floor(best.name.length / 3)) ? best.name : null;
};

/** What to write instead of a name that nobody knows, in a sentence or two. */
export const didYouMean = (word: string, known: readonly string[]): string => {
  const near = nearest(word, known);
  const all = `Known: ${known.length === 0 ? 'none' : known.join(', ')}.`;
  return near === null ? all : `Did you mean ${near}? ${all}`;
};
