import type { Property } from '../../model/property/property.ts';
import { fifo, oneOrder } from './order.property.ts';
import { members, reaches } from './reaches.property.ts';

/** The claims about chat. */
export const chatProperties: readonly Property[] = [fifo, oneOrder, reaches, members];
