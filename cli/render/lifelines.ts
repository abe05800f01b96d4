import type { HostName } from '../../model/role/effect.ts';
import type { Action } from '../../model/world/action.ts';
import type { Trace } from '../../model/trace/trace.ts';
import type { Glyphs } from './paint.ts';

/** What is known of a host at one row of a picture. */
export type Condition = 'off' | 'up' | 'paused' | 'crashed' | 'left';

/** Follows the hosts and the cuts of a trace from step to step, as far as its actions tell. */
export class Lifelines {
  private readonly conditions = new Map<HostName, Condition>();
  private readonly side = new Set<HostName>();

  /** A host that joins was off before; all others are up at the start. */
  constructor(trace: Pick<Trace, 'hosts' | 'steps'>) {
    const joining = new Set(trace.steps.flatMap(({ action }) => (action.type === 'Join' ? [action.host] : [])));
    for (const host of trace.hosts) this.conditions.set(host, joining.has(host) ? 'off' : 'up');
  }

  condition(host: HostName): Condition {
    return this.conditions.get(host) ?? 'up';
  }

  /** The hosts that are cut off from the rest, where there is a cut. */
  get cut(): ReadonlySet<HostName> {
    return this.side;
  }

  apply(action: Action): void {
    if ('crashAfter' in action && action.crashAfter !== undefined) this.conditions.set('to' in action ? action.to : action.host, 'crashed');
    switch (action.type) {
      case 'Crash':
        this.conditions.set(action.host, 'crashed');
        break;
      case 'Pause':
        this.conditions.set(action.host, 'paused');
        break;
      case 'Leave':
        this.conditions.set(action.host, 'left');
        break;
      case 'Join':
      case 'Restart':
      case 'Resume':
        this.conditions.set(action.host, 'up');
        break;
      case 'Partition':
        for (const host of action.side) this.side.add(host);
        break;
      case 'Repair':
        this.side.clear();
        break;
      default:
    }
  }

  /** The character of a host's lifeline now. A crash is a gap. */
  glyph(host: HostName, glyphs: Glyphs): string {
    switch (this.condition(host)) {
      case 'up':
        return this.side.has(host) ? glyphs.cut : glyphs.line;
      case 'paused':
        return glyphs.paused;
      default:
        return ' ';
    }
  }
}
