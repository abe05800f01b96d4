import * as z from 'zod';

/** What a message type is: its fields, in which words, and from which standard. */
export interface MessageType {
  readonly doc: string;
  readonly source: string;
  /** A schema of the fields, without `type`. */
  readonly fields: z.ZodObject;
  /** A few words for a picture or a trace, such as `block 3 (a1b2)`; the type's name stands before them. */
  readonly label?: (message: never) => string;
}

/** Declares a message type. */
export const message = <F extends z.ZodObject>(type: {
  readonly doc: string;
  readonly source: string;
  readonly fields?: F;
  readonly label?: (message: z.infer<F>) => string;
}): MessageType => ({ ...type, fields: type.fields ?? z.object({}) }) as MessageType;

/** The schema of a host's name in a message: symmetry reduction rewrites it. */
export const hostName = (): z.ZodString => z.string().meta({ rolecall: 'hostName' });
