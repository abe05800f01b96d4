import { expect, it } from 'vitest';
import { realData } from '../../vitest.data.ts';
import { checkLinearizable } from '../../model/property/consistency/check.ts';
import { readEvents } from './events.ts';
import { pairedOperations } from './operations.ts';
import { spoken } from './dialects.ts';

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

it('sixty histories of a real etcd have the verdicts that Porcupine has for them', (context) => {
  const recorded = [...textOf(realData(context, 'jepsen/README.md')).matchAll(/\| (etcd_\d+) \| (yes|no) \|/g)];
  expect(recorded).toHaveLength(60);
  for (const [, name = '', linearizable] of recorded) {
    const { events } = readEvents(textOf(realData(context, `jepsen/${name}.log`)), name);
    const dialect = spoken('cas-register', events, name);
    const { operations } = pairedOperations(events, name, dialect);
    const { verdict, objects } = checkLinearizable(dialect.specification, operations);
    expect([name, verdict]).toEqual([name, linearizable === 'yes' ? 'consistent' : 'violated']);
    expect([name, objects[0]?.obstacle === null]).toEqual([name, linearizable === 'yes']);
  }
});
