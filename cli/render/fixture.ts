import type { RunReport, Violation } from '../../model/explore/report.ts';
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
    { action: { type: 'Partition', side: ['peer3'], oneWay: false }, fingerprint: '0000000000000001', parts: {}, rules: [] },
    {
      action: { type: 'Command', host: 'peer1', role: 'miner', command: 'find', value: { at: 13 } },
      fingerprint: '0000000000000002',
      parts: {},
      rules: ['MINE-1', 'ETH-3'],
    },
    {
      action: { type: 'Deliver', from: 'peer1', fromRole: 'peer', to: 'peer2', toRole: 'peer', message: 'NewBlock', ordinal: 1 },
      fingerprint: '0000000000000003',
      parts: {},
      rules: ['ETH-7'],
      hint: '1 (a1b2)',
    },
    {
      action: { type: 'Drop', from: 'peer1', fromRole: 'peer', to: 'peer3', toRole: 'peer', message: 'NewBlockHashes', ordinal: 1 },
      fingerprint: '0000000000000004',
      parts: {},
      rules: [],
    },
    { action: { type: 'Crash', host: 'peer2' }, fingerprint: '0000000000000005', parts: {}, rules: [] },
    { action: { type: 'Repair' }, fingerprint: '0000000000000006', parts: {}, rules: [], settling: true },
    { action: { type: 'Restart', host: 'peer2' }, fingerprint: '0000000000000007', parts: {}, rules: [], settling: true },
    {
      action: { type: 'Deliver', from: 'peer3', fromRole: 'peer', to: 'peer1', toRole: 'peer', message: 'Status', ordinal: 2 },
      fingerprint: '0000000000000008',
      parts: {},
      rules: [],
      settling: true,
    },
    {
      action: { type: 'Fire', host: 'peer3', role: 'peer', timer: 'syncRetryMs' },
      fingerprint: '0000000000000009',
      parts: {},
      rules: ['ETH-12'],
      settling: true,
    },
  ],
  minimised: { from: 61, candidates: 240, shortest: false },
};

/** The violation that {@link paintedTrace} shows. */
export const paintedViolation: Violation = {
  property: 'BLOCK-REACHES-ALL',
  claim: 'Every valid block reaches every honest peer that stays connected.',
  part: 'recovers.sameWork',
  scenario: 'partitionAndHeal',
  seed: 7,
  values: [
    { host: 'peer1', role: 'peer', life: 'up', shows: 'height 1, work 2' },
    { host: 'peer2', role: 'peer', life: 'crashed', shows: 'height 1, work 2' },
    { host: 'peer3', role: 'peer', life: 'up', shows: 'height 0, work 1' },
  ],
  detail: 'not within 40 rounds',
  trace: paintedTrace,
};

/** A report with one claim of each verdict. */
export const paintedReport: RunReport = {
  protocol: 'blockchain',
  mutant: 'neverAdopts',
  seed: 7,
  verdict: 'violated',
  claims: [
    {
      id: 'BLOCK-REACHES-ALL',
      claim: paintedViolation.claim,
      scenarios: ['partitionAndHeal'],
      runs: 12,
      faults: { drop: 40, crash: 3, partition: 12 },
      verdict: 'violated',
      statement: '',
      sometimes: {},
      notJudged: [],
      violation: paintedViolation,
      expected: [],
    },
    {
      id: 'REPLICATED',
      claim: 'Same head, same state.',
      scenarios: ['lossy'],
      runs: 2000,
      faults: {},
      verdict: 'passes',
      statement: 'no violation in 2,000 runs; under 0.15 % of such runs fail (95 %)',
      sometimes: { reorganised: 4 },
      notJudged: [],
      violation: null,
      expected: [{ scenario: 'ties', why: 'two blocks found at once are a tie', found: paintedViolation }],
    },
    {
      id: 'JOIN-GETS-ALL',
      claim: 'Who joins gets the whole chain.',
      scenarios: ['join'],
      runs: 10,
      faults: { join: 1 },
      verdict: 'unknown',
      statement: 'the time ran out',
      sometimes: { joined: 0 },
      notJudged: [],
      violation: null,
      expected: [{ scenario: 'alone', why: 'nobody is there to ask', found: null }],
    },
  ],
  forCheck: [],
  explorations: [
    {
      scenario: 'partitionAndHeal',
      strategy: 'walk',
      runs: 1000,
      steps: 50_000,
      distinct: 1234,
      memo: { hits: 99_000, misses: 1000 },
      cut: { steps: 3 },
    },
    { scenario: 'lossy', strategy: 'pct', runs: 1022, steps: 50_000, distinct: 4321, memo: { hits: 0, misses: 0 }, cut: { steps: 1, inbox: 0 } },
  ],
  coverage: { rules: { 'ETH-1': 3, 'ETH-2': 0 }, states: { 'peer.following': 2 }, messages: { NewBlock: 1 }, refused: {} },
  regressions: [{ file: 'traces/regressions/a.trace.json', outcome: 'as expected', detail: '' }],
  timings: { seconds: 2, stepsPerSecond: 50_000 },
};
