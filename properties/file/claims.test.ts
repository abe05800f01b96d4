import { fileProtocol } from '../../spec/file/protocol.ts';
import { testClaims } from '../shared/claims.ts';
import { fileProperties } from './all.ts';

testClaims(fileProtocol, {
  properties: fileProperties,
  runs: 400,
  rare: { sharesSessions: 'everyLoss', storesFilesOnly: 'everySlot', noGrace: 'everyReboot', noMargin: 'everyLease' },
});
