/** What every generated file carries in its first lines: only files with it are ever removed as stale. */
export const generatedMark = 'Generated from the model by `rolecall docs`';
