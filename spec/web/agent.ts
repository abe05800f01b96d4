import type { ValueRecord } from '../../model/kernel/value.ts';
import { clientOver } from '../request-response/client.ts';
import type { WebDomain } from './domain.ts';

/** The client program beside the proxy, which asks the origin. */
export const agentOver = ({ patience, mayRepeat }: WebDomain) =>
  clientOver<ValueRecord>({ id: 'web.agent', patience, start: () => ({}), commands: {}, onBehalfOf: 'proxy', isRepeatable: mayRepeat });
