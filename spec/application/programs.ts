import type { Program, Store } from './machine.ts';

/** Seats that can be sold; sold and free ones are always as many. */
export const seats = 3;

export const atFirst: Store = { free: seats, sold: 0 };

/** The programs that are installed on the server, by name. */
export const programs: Readonly<Record<string, Program>> = {
  /** Sells so many seats, if there are as many; it takes them from the free ones first, and looks then. */
  book: [
    ['load', 'free'],
    ['input'],
    ['subtract'],
    ['store', 'free'],
    ['load', 'free'],
    ['ifNegative', 12],
    ['load', 'sold'],
    ['input'],
    ['add'],
    ['store', 'sold'],
    ['load', 'sold'],
    ['return'],
    ['fail'],
  ],
  /** How many seats are free. */
  free: [['load', 'free'], ['return']],
  /** Reserves a seat and waits for a payment that never comes. */
  reserve: [['load', 'free'], ['push', 1], ['subtract'], ['store', 'free'], ['goTo', 4]],
};
