import { RolecallError } from '../../model/kernel/errors.ts';
import { nearest } from '../../model/kernel/nearest.ts';
import type { Property } from '../../model/property/property.ts';
import type { Protocol } from '../../model/protocol/protocol.ts';
import type { Config } from './define.ts';

const fields = ['protocols', 'properties', 'traces', 'docs'];

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const isProtocol = (value: unknown): value is Protocol =>
  isRecord(value) && typeof value['id'] === 'string' && typeof value['rolesOver'] === 'function';

const isProperty = (value: unknown): value is Property => isRecord(value) && isProtocol(value['protocol']) && isRecord(value['type']);

/** The configuration that a module exports; a compiler may not have looked at it, so nothing about it is taken for granted. */
export const readConfig = (exported: unknown, file: string): Config => {
  const refuse = (code: string, message: string, place: string, advice: string): never => {
    throw new RolecallError({ code, message, place: place === '' ? file : `${file}: ${place}`, advice });
  };
  if (!isRecord(exported))
    return refuse(
      'CONFIG_EXPORT',
      'The file has no configuration as its default export.',
      '',
      'Write: export default defineConfig({ protocols: [ … ] })',
    );
  for (const key of Object.keys(exported)) {
    const near = nearest(key, fields);
    if (!fields.includes(key))
      refuse('CONFIG_FIELD', `There is no field ${key}.${near === null ? '' : ` Did you mean ${near}?`}`, key, `Known: ${fields.join(', ')}.`);
  }
  const { protocols, properties = [], traces = 'traces', docs = 'docs/generated' } = exported;
  if (!Array.isArray(protocols) || protocols.length === 0)
    return refuse('CONFIG_FIELD', 'No protocol is listed.', 'protocols', 'List what defineProtocol returned: protocols: [orders].');
  if (!Array.isArray(properties)) return refuse('CONFIG_FIELD', 'This is no list.', 'properties', 'List what defineProperty returned.');
  for (const [folder, value] of Object.entries({ traces, docs }))
    if (typeof value !== 'string' || value === '') refuse('CONFIG_FIELD', 'This is no folder.', folder, `Give a path, such as '${folder}'.`);
  protocols.forEach((protocol, index) => {
    if (!isProtocol(protocol)) refuse('CONFIG_FIELD', 'This is no protocol.', `protocols[${index}]`, 'Make it with defineProtocol.');
  });
  properties.forEach((property, index) => {
    if (!isProperty(property)) refuse('CONFIG_FIELD', 'This is no property.', `properties[${index}]`, 'Make it with defineProperty.');
    if (!protocols.includes(property.protocol))
      refuse(
        'CONFIG_PROPERTY',
        `${property.type.id} speaks of ${property.protocol.id}, which is not listed.`,
        `properties[${index}]`,
        'List the very protocol that the property was defined for under protocols.',
      );
  });
  twice(
    protocols.map(({ id }: Protocol) => id),
    (id) => refuse('CONFIG_TWICE', `Two protocols are called ${id}.`, 'protocols', 'Give each an id of its own.'),
  );
  for (const protocol of protocols)
    twice(
      properties.filter((one: Property) => one.protocol === protocol).map(({ type }: Property) => type.id),
      (id) => refuse('CONFIG_TWICE', `Two properties of ${protocol.id} are called ${id}.`, 'properties', 'Give each an id of its own.'),
    );
  return { protocols, properties, traces: traces as string, docs: docs as string };
};

const twice = (ids: readonly string[], found: (id: string) => void): void => {
  for (const [index, id] of ids.entries()) if (ids.indexOf(id) < index) found(id);
};
