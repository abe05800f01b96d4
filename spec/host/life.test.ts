import { describe, expect, it } from 'vitest';
import { initialTransition, transition } from 'xstate';
import { life, type LifeEvent } from './life.ts';

const lived = (...events: readonly LifeEvent[]) => {
  let [snapshot] = initialTransition(life, { roles: { web: 'running', mail: 'stopped', print: 'uninstalled' } });
  for (const event of events) [snapshot] = transition(life, snapshot, event);
  return snapshot;
};

describe("a host's life", () => {
  it('goes from off over up to crashed and back, and ends when it leaves', () => {
    expect(lived().value).toBe('off');
    expect(lived({ type: 'Join' }, { type: 'Crash' }, { type: 'Restart' }).value).toBe('up');
    expect(lived({ type: 'Join' }, { type: 'Pause' }, { type: 'Crash' }).value).toBe('paused');
    expect(lived({ type: 'Join' }, { type: 'Leave' }, { type: 'Join' }).value).toBe('left');
  });

  it('stops one role and leaves the others alone', () => {
    expect(lived({ type: 'Join' }, { type: 'StopRole', role: 'web' }).context.roles).toEqual({
      web: 'stopped',
      mail: 'stopped',
      print: 'uninstalled',
    });
  });

  it('starts what is stopped, and installs what is not there', () => {
    expect(lived({ type: 'Join' }, { type: 'StartRole', role: 'print' }, { type: 'StartRole', role: 'mail' }).context.roles['mail']).toBe('running');
    expect(lived({ type: 'Join' }, { type: 'Install', role: 'print' }, { type: 'Uninstall', role: 'web' }).context.roles).toEqual({
      web: 'uninstalled',
      mail: 'stopped',
      print: 'running',
    });
  });
});
