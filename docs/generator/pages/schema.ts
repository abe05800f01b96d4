import * as z from 'zod';

/** A field of a message as the catalogue shows it. */
export interface Field {
  readonly name: string;
  /** As one would write the type: `{ hash: string, number: integer }[]`. */
  readonly type: string;
  readonly optional: boolean;
  readonly doc: string;
}

type Json = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const records = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isRecord) : []);

/** What JSON Schema has no word for gets one of ours, under this key. */
const word = 'rolecallType';

const words: Readonly<Record<string, string>> = {
  bigint: 'bigint',
  map: 'map',
  set: 'set',
  custom: 'value',
  date: 'date',
  symbol: 'symbol',
  undefined: 'undefined',
  void: 'nothing',
};

const schemaOf = (fields: z.ZodObject): Json =>
  z.toJSONSchema(fields, {
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      const own = words[zodSchema._zod.def.type];
      if (own !== undefined) Object.assign(jsonSchema, { [word]: own });
    },
  });

const literal = (value: unknown): string => (typeof value === 'string' ? `"${value}"` : String(value));

/** Whether a type is written with bars, which an array must put into parentheses. */
const isChoice = (schema: unknown): boolean =>
  isRecord(schema) && ['anyOf', 'oneOf', 'enum'].some((key) => key in schema || Array.isArray(schema['type']));
const inParentheses = (schema: unknown): string => (isChoice(schema) ? `(${typeText(schema)})` : typeText(schema));

const objectType = (schema: Json): string => {
  const properties = isRecord(schema['properties']) ? Object.entries(schema['properties']) : [];
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  if (properties.length > 0) {
    return `{ ${properties.map(([name, inner]) => `${name}${required.includes(name) ? '' : '?'}: ${typeText(inner)}`).join(', ')} }`;
  }
  return isRecord(schema['additionalProperties']) ? `record of ${typeText(schema['additionalProperties'])}` : '{}';
};

const arrayType = (schema: Json): string => {
  const tuple = records(schema['prefixItems']).map((item) => typeText(item));
  return tuple.length > 0 ? `[${tuple.join(', ')}]` : `${inParentheses(schema['items'])}[]`;
};

/** A schema as a type in a few characters. A schema that refers to itself is named, not unfolded. */
const typeText = (schema: unknown): string => {
  if (!isRecord(schema)) return 'value';
  if (typeof schema['title'] === 'string') return schema['title'];
  if (typeof schema[word] === 'string') return schema[word];
  if (schema['rolecall'] === 'hostName') return 'host';
  if (typeof schema['$ref'] === 'string') return schema['$ref'] === '#' ? 'itself' : (schema['$ref'].split('/').at(-1) ?? 'value');
  if ('const' in schema) return literal(schema['const']);
  if (Array.isArray(schema['enum'])) return schema['enum'].map(literal).join(' | ');
  const choices = [...records(schema['anyOf']), ...records(schema['oneOf'])];
  if (choices.length > 0) return choices.map((each) => typeText(each)).join(' | ');
  if (records(schema['allOf']).length > 0)
    return records(schema['allOf'])
      .map((each) => typeText(each))
      .join(' & ');
  if (schema['type'] === 'array') return arrayType(schema);
  if (schema['type'] === 'object') return objectType(schema);
  if (Array.isArray(schema['type'])) return schema['type'].join(' | ');
  return typeof schema['type'] === 'string' ? schema['type'] : 'value';
};

/** The fields of a message, in the order of its schema. */
export const fieldsOf = (fields: z.ZodObject): readonly Field[] => {
  const schema = schemaOf(fields);
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(isRecord(schema['properties']) ? schema['properties'] : {}).map(([name, inner]) => ({
    name,
    type: typeText(inner),
    optional: !required.includes(name),
    doc: isRecord(inner) && typeof inner['description'] === 'string' ? inner['description'] : '',
  }));
};
