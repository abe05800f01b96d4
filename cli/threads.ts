/** Whether Node has ended a thread, for want of memory most likely, and not what it was doing. */
export const isOfNode = (fault: unknown): boolean =>
  fault instanceof Error && String((fault as NodeJS.ErrnoException).code).startsWith('ERR_WORKER_');
