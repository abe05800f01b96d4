import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { RolecallError } from '../kernel/errors.ts';
import type { Value } from '../kernel/value.ts';
import { decodeValue, encodeValue } from './encode.ts';
import { checkTraceSize, readTrace } from './read.ts';
import { traceSchema } from './schema.ts';
import type { Trace } from './trace.ts';
import { traceText } from './write.ts';

const trace: Trace = {
  rolecall: 1,
  protocol: 'blockchain',
  model: 'c0ffee',
  scenario: 'partitionAndHeal',
  mutant: null,
  strategy: 'walk',
  seed: -7,
  hosts: ['a', 'b'],
  links: [['a', 'b']],
  property: 'BLOCK-REACHES-ALL',
  part: 'always.valid',
  verdict: 'violated',
  start: '0123456789abcdef',
  steps: [
    {
      action: {
        type: 'Command',
        host: 'a',
        role: 'miner',
        command: 'find',
        value: { amount: 12n, extra: new Uint8Array([0, 255]), seen: new Map<Value, Value>([[1, new Set(['x'])]]) },
      },
      fingerprint: '00000000000000ff',
      rules: ['ETH-1'],
      parts: { 'a/miner/context.found': '0000beef', 'budget/miner find': '00000001' },
    },
    {
      action: {
        type: 'Deliver',
        from: 'a',
        fromRole: 'peer',
        to: 'b',
        toRole: 'peer',
        message: 'NewBlock',
        ordinal: 1,
        picks: [['a']],
        crashAfter: 1,
      },
      fingerprint: '0000000000000100',
      rules: [],
      hint: 'block 1',
      parts: {},
      settling: true,
    },
    { action: { type: 'Partition', side: ['a'], oneWay: false }, fingerprint: '0000000000000101', rules: [], parts: {} },
    { action: { type: 'Repair' }, fingerprint: '0000000000000102', rules: [], parts: {} },
  ],
  minimised: { from: 40, candidates: 99, shortest: false },
};

/** The code and place of the error that reading this text ends in. */
const refusal = (text: string): { code: string; place: string; message: string } => {
  try {
    readTrace(text, 't.json');
  } catch (error) {
    if (error instanceof RolecallError) return { code: error.code, place: error.place, message: error.message };
    throw error;
  }
  throw new Error('nothing was refused');
};

/** The text of the trace with one thing replaced. */
const changed = (from: string | RegExp, to: string): string => {
  const text = traceText(trace).replace(from, to);
  expect(text).not.toBe(traceText(trace));
  return text;
};

describe('a trace file', () => {
  it('gives back what was written', () => {
    expect(readTrace(traceText(trace), 't.json')).toEqual(trace);
  });

  it('has one text, whatever the order of the fields', () => {
    const reversed = Object.fromEntries(Object.entries(trace).reverse()) as unknown as Trace;
    expect(traceText(reversed)).toBe(traceText(trace));
  });

  it('gives each step a line', () => {
    expect(
      traceText(trace)
        .split('\n')
        .filter((line) => line.startsWith('    {"action"')),
    ).toHaveLength(trace.steps.length);
  });

  it.each<[string, string, string, string]>([
    ['a wrong kind of field', changed('"seed": -7', '"seed": "7"'), 'TRACE_FIELD', 't.json: seed'],
    ['a fraction', changed('"seed": -7', '"seed": 0.5'), 'TRACE_FIELD', 't.json: seed'],
    ['an unknown field', changed('"seed": -7', '"seed": -7, "note": 1'), 'TRACE_FIELD', 't.json: '],
    ['a missing field', changed(/ {2}"part": [^\n]*\n/, ''), 'TRACE_FIELD', 't.json: part'],
    ['an unknown action', changed('"type":"Partition"', '"type":"Explode"'), 'TRACE_FIELD', 't.json: steps[2].action.type'],
    ['a field of another action', changed('"type":"Repair"', '"type":"Repair","host":"a"'), 'TRACE_FIELD', 't.json: steps[3].action'],
    ['a bad fingerprint', changed('00000000000000ff', 'ff'), 'TRACE_FIELD', 't.json: steps[0].fingerprint'],
    ['a bad part', changed('"0000beef"', '"beef"'), 'TRACE_FIELD', 't.json: steps[0].parts'],
    ['a bad value', changed('{"#bigint":"12"}', '{"#bigint":"1.2"}'), 'TRACE_FIELD', 't.json: steps[0].action.value["amount.#bigint"]'],
    ['a control character', changed('"block 1"', '"\\u001b[2J"'), 'TRACE_FIELD', 't.json: steps[1].hint'],
    ['a stranger', changed('"host":"a"', '"host":"z"'), 'TRACE_HOST', 't.json: steps[0].action'],
    ['a prototype key', changed('"seed": -7', '"seed": -7, "__proto__": {"x": 1}'), 'TRACE_PROTOTYPE_KEY', 't.json: __proto__'],
    [
      'a prototype key deep inside',
      changed('{"#bigint":"12"}', '{"constructor":{}}'),
      'TRACE_PROTOTYPE_KEY',
      't.json: steps[0].action.value.amount.constructor',
    ],
    ['another version', changed('"rolecall": 1', '"rolecall": 2'), 'TRACE_VERSION', 't.json: rolecall'],
    ['another JSON file', '{"name": "rolecall"}', 'TRACE_FIELD', 't.json: rolecall'],
    ['a number', '12', 'TRACE_FIELD', 't.json: rolecall'],
    ['no JSON', '{\n  "rolecall": 1,\n  "seed" 2}', 'TRACE_JSON', 't.json:3:10'],
    ['a cut file', traceText(trace).slice(0, 100), 'TRACE_JSON', 't.json'],
    ['nothing', '', 'TRACE_JSON', 't.json:1:1'],
    ['a tower of brackets', `{"rolecall":1,"protocol":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 'TRACE_TOO_DEEP', 't.json: '],
  ])('refuses %s, and says where', (_, text, code, place) => {
    const found = refusal(text);
    expect(found.code).toBe(code);
    expect(found.place.startsWith(place), found.place).toBe(true);
    expect(found.message.length).toBeLessThan(400);
  });

  it('is refused by its size alone', () => {
    expect(() => checkTraceSize(200_000_000, 't.json')).toThrow(/200000000 bytes/);
    expect(() => checkTraceSize(1000, 't.json')).not.toThrow();
  });

  it('never fails in another way, whatever is in it', () => {
    const text = traceText(trace);
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(30), fc.string(), (start, length, replacement) => {
        try {
          readTrace(text.slice(0, start) + replacement + text.slice(start + length), 't.json');
        } catch (error) {
          expect(error).toBeInstanceOf(RolecallError);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has a schema that can be published', () => {
    expect(z.toJSONSchema(traceSchema, { io: 'input' })).toMatchObject({ type: 'object' });
  });
});

describe('a value', () => {
  const { value } = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.constant(null),
      fc.boolean(),
      fc.maxSafeInteger(),
      fc.bigInt(),
      fc.string(),
      fc.uint8Array({ maxLength: 8 }).map((bytes) => Uint8Array.from(bytes)),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.array(tie('value'), { maxLength: 4 }).map((items) => new Set(items)),
      fc.array(fc.tuple(fc.oneof(fc.string(), fc.bigInt()), tie('value')), { maxLength: 4 }).map((pairs) => new Map(pairs)),
      fc.dictionary(
        fc.string().filter((key) => !['__proto__', 'constructor', 'prototype'].includes(key)),
        tie('value'),
        { maxKeys: 4, noNullPrototype: true },
      ),
    ),
  }));

  it('survives JSON', () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(decodeValue(JSON.parse(JSON.stringify(encodeValue(one))))).toEqual(one);
      }),
    );
  });

  it('is written in the order of its content', () => {
    expect(
      JSON.stringify(
        encodeValue({
          b: 1,
          a: new Set([3, 1]),
          c: new Map([
            ['y', 1],
            ['x', 2],
          ]),
        }),
      ),
    ).toBe('{"a":{"#set":[1,3]},"b":1,"c":{"#map":[["x",2],["y",1]]}}');
  });

  it('may have a key that begins with #', () => {
    expect(encodeValue({ '#bigint': '1' })).toEqual({ '#record': [['#bigint', '1']] });
    expect(decodeValue(encodeValue({ '#bigint': '1' }))).toEqual({ '#bigint': '1' });
  });
});
