import type { Trace } from '../../model/trace/trace.ts';

/** A trace made by hand that has something of everything a picture can show; for tests of what is rendered. */
export const paintedTrace: Trace = {
  rolecall: 1,
  protocol: 'blockchain',
  model: 'c0ffee',
  scenario: 'partitionAndHeal',
  mutant: 'neverAdopts',
  strategy: 'pct',
  seed: 7,
  hosts: ['peer1', 'peer2', 'peer3'],
  links: [
    ['peer1', 'peer2'],
    ['peer1', 'peer3'],
    ['peer2', 'peer3'],
  ],
  property: 'BLOCK-REACHES-ALL',
  part: 'recovers.sameWork',
  verdict: 'violated',
  start: '0123456789abcdef',
  steps: [
    { action: { type: 'Partition', side: ['peer3'], oneWay: false }, fingerprint: '0000000000000001', rules: [] },
    {
      action: { type: 'Command', host: 'peer1', role: 'miner', command: 'find', value: { at: 13 } },
      fingerprint: '0000000000000002',
      rules: ['MINE-1', 'ETH-3'],
    },
    {
      action: { type: 'Deliver', from: 'peer1', fromRole: 'peer', to: 'peer2', toRole: 'peer', message: 'NewBlock', ordinal: 1 },
      fingerprint: '0000000000000003',
      rules: ['ETH-7'],
      hint: 'NewBlock 1 (a1b2)',
    },
    {
      action: { type: 'Drop', from: 'peer1', fromRole: 'peer', to: 'peer3', toRole: 'peer', message: 'NewBlockHashes', ordinal: 1 },
      fingerprint: '0000000000000004',
      rules: [],
    },
    { action: { type: 'Crash', host: 'peer2' }, fingerprint: '0000000000000005', rules: [] },
    { action: { type: 'Repair' }, fingerprint: '0000000000000006', rules: [], settling: true },
    { action: { type: 'Restart', host: 'peer2' }, fingerprint: '0000000000000007', rules: [], settling: true },
    {
      action: { type: 'Deliver', from: 'peer3', fromRole: 'peer', to: 'peer1', toRole: 'peer', message: 'Status', ordinal: 2 },
      fingerprint: '0000000000000008',
      rules: [],
      settling: true,
    },
    {
      action: { type: 'Fire', host: 'peer3', role: 'peer', timer: 'syncRetryMs' },
      fingerprint: '0000000000000009',
      rules: ['ETH-12'],
      settling: true,
    },
  ],
  minimised: { from: 61, candidates: 240, shortest: false },
};
