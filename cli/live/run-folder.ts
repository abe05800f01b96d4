import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own for a run: the hosts keep their logs and what they have stored there. */
export const makeRunFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'rolecall-live-'));

/** Clears it away. Whoever may still write there is ending, so it is tried again for a moment; what will not go is left to the system. */
export const removeRunFolder = (folder: string): void => {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  } catch {
    // A run that is over does not fail for it.
  }
};

/** All hosts of a killed driver hear of it within this time. */
const graceMs = 500;

/** The hosts of a driver that was killed clear away what it cannot. None takes a step while it waits for the others to hear of it. */
export const removeAfterKill = (folder: string): void => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, graceMs);
  removeRunFolder(folder);
};
