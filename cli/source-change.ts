import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';

/** A project of more folders than these is not looked at whole; which ones is then left to their order. */
const mostFolders = 1_000;

/** An editor writes a file in several goes. */
const quietMs = 150;

const isSource = (name: string): boolean => /^[^.].*\.[cm]?[jt]sx?$/.test(name);

/** Folders with sources of a project. What is installed, and what stands behind a dot, is not the project's. */
const foldersIn = (folder: string): readonly string[] => {
  const found = [folder];
  for (let at = 0; at < found.length && found.length < mostFolders; at++)
    for (const entry of readdirSync(found[at] as string, { withFileTypes: true }))
      if (entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.')) found.push(join(found[at] as string, entry.name));
  return found.slice(0, mostFolders);
};

/**
 * Hears when a source of a project changes, once for what changes together. Each folder is watched by itself: watching all
 * that is below would take in what is installed.
 * @returns ends it.
 */
export const onSourceChange = (project: string, changed: () => void): (() => void) => {
  const watchers = new Map<string, FSWatcher>();
  let waiting: NodeJS.Timeout | undefined;
  const look = (): void => {
    for (const folder of foldersIn(project)) {
      if (watchers.has(folder)) continue;
      const watcher = watch(folder, (type, name) => {
        if (name !== null && isSource(name)) {
          clearTimeout(waiting);
          waiting = setTimeout(changed, quietMs);
        } else if (type === 'rename') look();
      });
      const forget = (): void => {
        watcher.close();
        watchers.delete(folder);
      };
      // A folder that is deleted is watched no more.
      watcher.on('error', forget);
      watchers.set(folder, watcher);
    }
  };
  look();
  return () => {
    clearTimeout(waiting);
    for (const watcher of watchers.values()) watcher.close();
  };
};
