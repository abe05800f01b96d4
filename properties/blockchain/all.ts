import type { Property } from '../../model/property/property.ts';
import { announcedValid } from './announced-valid.property.ts';
import { anyToAny, anyToAnyAtAnyTime } from './any-to-any.property.ts';
import { blameless } from './blameless.property.ts';
import { blockReachesAll } from './block-reaches-all.property.ts';
import { bounded } from './bounded.property.ts';
import { equalDifficulty } from './equal-difficulty.property.ts';
import { equalHeads } from './equal-heads.property.ts';
import { honestStays } from './honest-stays.property.ts';
import { joinGetsAll } from './join-gets-all.property.ts';
import { leavesBranches } from './leaves-branches.property.ts';
import { movesOn } from './moves-on.property.ts';
import { noEcho } from './no-echo.property.ts';
import { noServer } from './no-server.property.ts';
import { peerBoth } from './peer-both.property.ts';
import { redundant } from './redundant.property.ts';
import { reorganisationDepth } from './reorganisation-depth.property.ts';
import { replicated } from './replicated.property.ts';
import { retainedDepth } from './retained-depth.property.ts';
import { statusHonest } from './status-honest.property.ts';
import { txKept } from './tx-kept.property.ts';
import { txMined } from './tx-mined.property.ts';
import { txReachesAll } from './tx-reaches-all.property.ts';
import { undisturbed } from './undisturbed.property.ts';
import { validBlocks } from './valid-blocks.property.ts';
import { workNeverFalls } from './work-never-falls.property.ts';

/** The claims about blockchains: safety first, then what reaches whom, then what bad neighbours cannot do. */
export const blockchainProperties: readonly Property[] = [
  replicated,
  validBlocks,
  workNeverFalls,
  announcedValid,
  statusHonest,
  leavesBranches,
  reorganisationDepth,
  retainedDepth,
  equalDifficulty,
  equalHeads,
  blockReachesAll,
  txReachesAll,
  txKept,
  txMined,
  joinGetsAll,
  anyToAny,
  anyToAnyAtAnyTime,
  peerBoth,
  redundant,
  noServer,
  blameless,
  undisturbed,
  movesOn,
  bounded,
  noEcho,
  honestStays,
];
