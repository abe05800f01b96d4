import type { Trace, TraceStep } from '../../model/trace/trace.ts';
import type { MessageName } from '../../model/world/action.ts';
import { Grid } from './grid.ts';
import { Lifelines } from './lifelines.ts';
import type { Glyphs } from './paint.ts';
import { abbreviated, choiceMark, isLinkEvent, listed, messageText, shortened, shown } from './words.ts';

/** Settling may take long; so many of its steps are drawn. */
const SETTLING_ROWS = 12;

/**
 * A space-time diagram in text: time runs down, each host has a lifeline. An arrow is drawn where a message arrives, a
 * lost one ends in a cross; a partition is a band at the left, and the hosts that it cuts off have a heavy line; a crash
 * is a gap, a join is a start.
 */
export const sequenceDiagram = (trace: Pick<Trace, 'hosts' | 'steps'>, width: number, glyphs: Glyphs): string[] => {
  const digits = String(trace.steps.length).length;
  const grid = new Grid(trace.hosts, width - digits - 3, glyphs);
  const lifelines = new Lifelines(trace);
  const rows = [`${' '.repeat(digits + 3)}${grid.head()}`.trimEnd()];
  const add = (number: string, text: string): void => {
    rows.push(`${number.padStart(digits)} ${lifelines.cut.size > 0 ? glyphs.band : ' '} ${text}`.trimEnd());
  };

  const settling = trace.steps.filter((step) => step.settling).length;
  const drawn = settling <= SETTLING_ROWS + 1 ? settling : SETTLING_ROWS;
  let settled = 0;
  trace.steps.forEach((step, index) => {
    if (step.settling && settled === 0) add('', grid.text(grid.across('faults end, the network settles')));
    if (step.settling) settled += 1;
    // The band of a partition begins in its own row, and ends with the row of the repair.
    if (step.action.type === 'Partition') lifelines.apply(step.action);
    if (settled <= drawn) add(String(index + 1), stepRow(step, grid, lifelines, glyphs));
    lifelines.apply(step.action);
  });
  if (settled > drawn) add('', grid.text(grid.across(`${settled - drawn} more steps of settling`)));
  add('', grid.text(grid.row(lifelines)));
  return rows;
};

const labelOf = ({ hint, refused, ...name }: MessageName & { readonly hint: string | undefined; readonly refused: boolean }): string =>
  `${messageText(name)}${hint === undefined || hint === '' ? '' : ` ${shortened(hint, 60)}`}${refused ? ' (refused)' : ''}`;

const stepRow = ({ action, rules, hint }: TraceStep, grid: Grid, lifelines: Lifelines, glyphs: Glyphs): string => {
  const row = grid.row(lifelines);
  const crash = 'crashAfter' in action && action.crashAfter !== undefined;
  switch (action.type) {
    case 'Deliver':
      if (isLinkEvent(action)) grid.arrow(row, action.from, action.to, action.message, 'stays');
      else grid.arrow(row, action.from, action.to, labelOf({ ...action, hint, refused: rules.length === 0 }), 'arrives');
      if (crash) row.note = `${row.note}${row.note === '' ? '' : ', '}${action.to} crashes in this step`;
      break;
    case 'Drop':
      grid.arrow(row, action.from, action.to, messageText(action), 'lost');
      break;
    case 'Duplicate':
      grid.arrow(row, action.from, action.to, `${messageText(action)} twice`, 'stays');
      break;
    case 'Break':
      grid.arrow(row, action.between[0], action.between[1], 'connection breaks', 'lost');
      break;
    case 'Hold':
    case 'Release':
      grid.arrow(row, action.from, action.to, action.type === 'Hold' ? 'held back' : 'released', 'stays');
      break;
    case 'Partition':
      return grid.text(grid.across(action.oneWay ? `nothing leaves ${listed(action.side)}` : `${listed(action.side)} cut off`));
    case 'Repair':
      return grid.text(grid.across('repaired'));
    case 'Command':
      grid.mark(
        row,
        action.host,
        glyphs.event,
        `${action.command}${Object.keys(action.value).length === 0 ? '' : ` ${shown(action.value, 40)}`}${crash ? ', crashing' : ''}`,
      );
      break;
    case 'Choose':
      grid.mark(row, action.host, glyphs.event, `${choiceMark(action)}${crash ? ', crashing' : ''}`);
      break;
    case 'Fire':
      grid.mark(row, action.host, glyphs.event, `${abbreviated(action.timer)}${crash ? ', crashing' : ''}`);
      break;
    case 'Crash':
      grid.mark(row, action.host, glyphs.lost, 'crash');
      break;
    case 'Join':
    case 'Restart':
    case 'Resume':
      grid.mark(row, action.host, glyphs.start, action.type.toLowerCase());
      break;
    case 'Leave':
      grid.mark(row, action.host, glyphs.end, 'leave');
      break;
    case 'Pause':
      grid.mark(row, action.host, glyphs.end, 'pause');
      break;
    case 'Skew':
      grid.mark(row, action.host, glyphs.event, `clock at ${action.perMille / 10} %`);
      break;
    case 'Tick':
      grid.mark(row, action.host, glyphs.event, 'time passes');
      break;
    case 'Corrupt':
      grid.mark(row, action.host, glyphs.lost, `${action.key} damaged`);
      break;
    default:
      grid.mark(
        row,
        action.host,
        glyphs.event,
        `${{ StopRole: 'stop', StartRole: 'start', Install: 'install', Uninstall: 'uninstall' }[action.type]} ${action.role}`,
      );
  }
  return grid.text(row);
};
