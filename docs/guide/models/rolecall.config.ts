import { defineConfig } from 'rolecall';
import { abd, abdLinearizable } from './abd.ts';
import { alternatingBit, handsOver } from './alternating-bit.ts';
import { changRoberts, elected } from './chang-roberts.ts';
import { paxos, paxosLinearizable } from './paxos.ts';
import { exclusive, peterson } from './peterson.ts';
import { dining, eats } from './philosophers.ts';
import { stabilises, tokenRing } from './token-ring.ts';

export default defineConfig({
  protocols: [abd, alternatingBit, changRoberts, dining, paxos, peterson, tokenRing],
  properties: [abdLinearizable, handsOver, elected, eats, paxosLinearizable, exclusive, stabilises],
});
