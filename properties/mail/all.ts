import type { Property } from '../../model/property/property.ts';
import { delivered, noLoop } from './ends.property.ts';
import { kept } from './kept.property.ts';
import { removesWhatWasSeen } from './mailbox.property.ts';
import { duplicates, once } from './once.property.ts';

/** The claims about mail. */
export const mailProperties: readonly Property[] = [kept, duplicates, once, delivered, noLoop, removesWhatWasSeen];
