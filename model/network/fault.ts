/** The faults that spend a budget. Restart, Resume, Repair and Release undo one, and are free. */
export const faultNames = [
  'drop',
  'duplicate',
  'crash',
  'crashDuringStep',
  'pause',
  'join',
  'leave',
  'corrupt',
  'stopRole',
  'startRole',
  'install',
  'uninstall',
  'partition',
  'oneWayPartition',
  'break',
  'hold',
  'skew',
] as const;

export type FaultName = (typeof faultNames)[number];
