import { describe, expect, it } from 'vitest';
import { checkLogSize, readLog } from './read.ts';

const head = '{"rolecallLive":1,"protocol":"p","scenario":"s","mutant":null,"seed":1,"hosts":["a","b"],"links":[["a","b"]]}';
const line = (change: object = {}): string =>
  JSON.stringify({ host: 'a', clock: { a: 1 }, role: 'r', event: { type: 'start', how: 'start' }, effects: [], ...change });
const deep = `${'['.repeat(200)}${']'.repeat(200)}`;

describe('a log', () => {
  it('is read', () => {
    expect(readLog(`${head}\n${line()}\n`, 'log').lines).toHaveLength(1);
  });

  it.each([
    ['nothing', '', 'LOG_JSON', 'log:1'],
    ['no JSON', 'rolecall', 'LOG_JSON', 'log:1'],
    ['half a line', `${head}\n${line().slice(0, 30)}`, 'LOG_JSON', 'log:2'],
    ['another version', head.replace('"rolecallLive":1', '"rolecallLive":2'), 'LOG_FIELD', 'log:1'],
    ['an unknown field', `${head}\n${line({ more: 1 })}`, 'LOG_FIELD', 'log:2'],
    ['a prototype key', `${head}\n${line().replace('"role"', '"__proto__":{},"role"')}`, 'LOG_PROTOTYPE_KEY', 'log:2'],
    ['a control character', `${head}\n${line({ role: 'r\u001b[31m' })}`, 'LOG_FIELD', 'log:2'],
    ['too deep values', `${head}\n${line().replace('[]', `[${deep}]`)}`, 'LOG_TOO_DEEP', 'log:2'],
    ['a fraction', `${head}\n${line({ effects: [{ n: 1.5 }] })}`, 'LOG_FIELD', 'log:2'],
    ['no effects', `${head}\n${line({ effects: undefined })}`, 'LOG_FIELD', 'log:2'],
    ['a strange host', `${head}\n${line({ host: 'c', clock: { c: 1 } })}`, 'LOG_HOST', 'log:2'],
    ['a link to nowhere', head.replace('["a","b"]]', '["a","c"]]'), 'LOG_HOST', 'log:1'],
    ['two hosts of one name', head.replace('"hosts":["a","b"]', '"hosts":["a","a"]'), 'LOG_HOST', 'log:1'],
    [
      'a connection with a strange host',
      `${head}\n${JSON.stringify({ host: 'a', clock: { a: 1 }, event: { type: 'connected', with: 'c' } })}`,
      'LOG_HOST',
      'log:2',
    ],
    ['a step left out', `${head}\n${line()}\n${line({ clock: { a: 3 } })}`, 'LOG_CLOCK', 'log:3'],
    ['a host that forgets', `${head}\n${line({ clock: { a: 1, b: 4 } })}\n${line({ clock: { a: 2, b: 3 } })}`, 'LOG_CLOCK', 'log:3'],
  ])('with %s is refused with a typed error', (_, text, code, place) => {
    expect(() => readLog(text, 'log')).toThrow(expect.objectContaining({ name: 'RolecallError', kind: 'usage', code, place }));
  });

  it('that is too large is refused by its size', () => {
    expect(() => checkLogSize(200_000_000, 'log')).toThrow(expect.objectContaining({ code: 'LOG_TOO_LARGE' }));
  });
});
