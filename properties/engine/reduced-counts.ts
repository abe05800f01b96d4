/** Distinct worlds of each scenario that is small enough to be searched both ways: all of them, and those that reductions keep. */
export const reducedCounts: Readonly<Record<string, { readonly all: number; readonly kept: number }>> = {
  'request-response everyLoss': { all: 60, kept: 60 },
  'request-response fewLosses': { all: 210, kept: 210 },
  'database everyTransfer': { all: 3_933, kept: 3_933 },
  'two-phase-commit three': { all: 288, kept: 80 },
  'two-phase-commit four': { all: 1_568, kept: 166 },
  'two-phase-commit five': { all: 8_832, kept: 314 },
  'transaction-commit three': { all: 34, kept: 34 },
  'transaction-commit four': { all: 96, kept: 96 },
  'ping-pong one': { all: 14, kept: 14 },
  'ping-pong five': { all: 4_094, kept: 4_094 },
  'ping-pong fiveCalm': { all: 11, kept: 11 },
  'single-copy-register oneServer': { all: 93, kept: 93 },
  'single-copy-register twoServers': { all: 33, kept: 25 },
  'blockchain everyRelay': { all: 1_269, kept: 1_269 },
  'blockchain everyJoin': { all: 1_283, kept: 1_283 },
};
