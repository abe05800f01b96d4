import { actAt, endAt, nextAt, partsAt, passedAt } from './layout.ts';

/** Programs whose steps were counted without being taken, since that was last told. */
export class Passed {
  private starts: number[] = [];

  /** Counts the steps of a program as if they were taken. */
  pass(code: Int32Array, start: number): void {
    const times = code[start + passedAt] as number;
    if (times === 0) this.starts.push(start);
    code[start + passedAt] = times + 1;
  }

  /** Tells how often each act would have been taken. */
  tell(code: Int32Array, taken: Int32Array): void {
    for (const start of this.starts) {
      for (let part = code[start + partsAt] as number; part < (code[start + endAt] as number); part = code[part + nextAt] as number) {
        const act = code[part + actAt] as number;
        taken[act] = (taken[act] as number) + (code[start + passedAt] as number);
      }
      code[start + passedAt] = 0;
    }
    this.starts = [];
  }
}
