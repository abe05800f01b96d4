import { type Random, ratio } from '../../model/kernel/random.ts';
import type { Log } from '../../model/live/log.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import { type Cast, castOf, type LiveOptions } from './cast.ts';
import { Commands } from './commands.ts';
import { LiveFaults } from './faults.ts';
import type { Hear } from './link-faults.ts';
import { makeRunFolder, removeRunFolder } from './run-folder.ts';
import { Troupe } from './troupe.ts';

export interface LiveRun {
  readonly log: Log;
  readonly faults: readonly string[];
  readonly commands: number;
  /** A role that threw. */
  readonly threw: string | null;
  /** A host process that ended though nobody ended it. */
  readonly died: string | null;
  /** What the model does and processes do not, in sentences. */
  readonly leftOut: readonly string[];
  readonly interrupted: boolean;
}

/** Commands, faults and pauses follow each other after so long. */
const betweenMs = { least: 5, most: 40 };

/** In the last part of a run nothing new is asked, so that what is under way may end. */
const quietPart = ratio(1, 4);

/** Of so many acts one is a fault, where one can strike. */
const faultPart = ratio(1, 6);

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Runs a scenario live: forks a process for each host, gives the commands and lets the faults strike that the scenario has
 * budgets for, and gathers what the hosts wrote down. Which ones is decided by the seed; what happens then is not, because
 * the processes run as the machine lets them.
 */
class Driver {
  private readonly cast: Cast;
  private readonly timeMs: number;
  private readonly random: Random;
  private readonly troupe: Troupe;
  private readonly faults: LiveFaults;
  private readonly commands: Commands;
  private threw: string | null = null;

  constructor(cast: Cast, { timeMs, speed }: LiveOptions, folder: string, hear: Hear) {
    this.cast = cast;
    this.timeMs = timeMs;
    this.random = cast.random;
    this.troupe = new Troupe(cast, { folder, speed }, (error) => {
      this.threw ??= error;
    });
    this.commands = new Commands(cast.scenario);
    this.faults = new LiveFaults(cast, this.troupe, this.commands, hear);
  }

  async run(stopped: () => boolean): Promise<LiveRun> {
    const { troupe, faults, commands } = this;
    try {
      await troupe.start();
      await this.play(stopped);
      await troupe.stop();
    } catch (error) {
      // Whoever waits for a host that has just died is told of it; what all wrote down until then is kept.
      if (troupe.died === null) throw error;
    } finally {
      await troupe.kill();
    }
    const { died } = troupe;
    if (died !== null) troupe.note(died.host, { type: 'crash' });
    return {
      log: { head: this.cast.head, lines: troupe.lines() },
      faults: faults.told,
      commands: commands.given,
      threw: this.threw,
      died: died === null ? null : `${died.host} ended ${died.how}`,
      leftOut: this.cast.leftOut,
      interrupted: stopped(),
    };
  }

  /** Kills the hosts and waits for nothing. */
  reap(): void {
    this.troupe.reap();
  }

  private async play(stopped: () => boolean): Promise<void> {
    const endAt = performance.now() + this.timeMs;
    const quietAt = endAt - (this.timeMs * quietPart.of) / quietPart.outOf;
    while (performance.now() < endAt && !stopped() && this.threw === null && this.troupe.died === null) {
      const isQuiet = performance.now() > quietAt;
      await this.faults.undo(isQuiet);
      if (!isQuiet) await this.act();
      else if (this.troupe.crashed.length > 0) await this.faults.restart();
      await sleep(betweenMs.least + this.random.below(betweenMs.most - betweenMs.least));
    }
  }

  /** The next thing that is done to the hosts: mostly a command, now and then a fault. */
  private async act(): Promise<void> {
    if (this.random.chance(faultPart) && (await this.faults.strike())) return;
    const host = this.random.pick(this.troupe.up);
    this.commands.count(await this.troupe.child(host).act(this.commands.allowed));
  }
}

/** Runs a scenario live, in a folder of its own that is gone afterwards. */
export const runLive = async (protocol: Protocol, options: LiveOptions, hear: Hear, stopped: () => boolean): Promise<LiveRun> => {
  const cast = castOf(protocol, options);
  const folder = await makeRunFolder();
  let driver: Driver | null = null;
  // The second Ctrl-C ends at once; a driver that is killed leaves it to its hosts.
  const clear = (): void => {
    driver?.reap();
    removeRunFolder(folder);
  };
  process.on('exit', clear);
  try {
    driver = new Driver(cast, options, folder, hear);
    return await driver.run(stopped);
  } finally {
    process.off('exit', clear);
    clear();
  }
};
