import type { ValueRecord } from '../../model/kernel/value.ts';
import { defineProtocol } from '../../model/protocol/define.ts';
import { command, role } from '../../model/role/role.ts';
import { whenIdle } from '../request-response/commands.ts';
import { requestResponseMessages, tierMessages } from '../request-response/messages.ts';
import { serverOver } from '../request-response/server.ts';
import { agentOver } from './agent.ts';
import { browserOver } from './browser.ts';
import { usualWeb, type WebDomain } from './domain.ts';
import { proxy, usualCache } from './proxy.ts';
import { scenarios } from './scenarios.ts';

export const rolesOver = (domain: WebDomain) => {
  const [browser, agent] = [browserOver(domain), agentOver(domain)];
  const writes = command<typeof browser>;
  const idleWriter =
    (...values: readonly ValueRecord[]) =>
    ({ value, context }: Parameters<NonNullable<Parameters<typeof writes>[0]['values']>>[0]) =>
      value === 'idle' && !context.local.readsOnly ? values : [];
  return {
    browser: role(browser, {
      doc: 'Reads, writes, deletes and edits pages, and sends forms.',
      talksTo: ['origin', 'proxy'],
      commands: {
        get: command({ doc: 'Reads a page.', values: whenIdle({ path: 'page', accept: 'json' }, { path: 'page', accept: 'html' }) }),
        put: writes({ doc: 'Replaces a page.', values: idleWriter({ path: 'page' }) }),
        delete: writes({ doc: 'Deletes a page.', values: idleWriter({ path: 'page' }) }),
        post: writes({ doc: 'Sends a form.', values: idleWriter({ path: 'orders' }) }),
        reload: writes({
          doc: 'Sends the last form once more.',
          values: ({ value, context }) => (value === 'idle' && context.local.written > 0 ? [{ path: 'orders' }] : []),
        }),
        edit: writes({ doc: 'Adds a line to a page, if it is still as it was read.', values: idleWriter({ path: 'page' }) }),
        overwrite: writes({ doc: 'Adds a line to a page, whatever it has become.', values: idleWriter({ path: 'page' }) }),
      },
    }),
    // HTTP remembers no requests: a server that is asked twice acts twice.
    proxy: role(serverOver({ service: proxy(domain.cache), behind: 'agent' }), { doc: 'A cache that clients share.', talksTo: ['browser'] }),
    agent: role(agent, { doc: 'The client program beside the cache.', talksTo: ['origin'] }),
    origin: role(serverOver({ service: domain.service }), { doc: 'Holds the resources.', talksTo: ['browser', 'agent'] }),
  };
};

export type WebRoles = ReturnType<typeof rolesOver>;

/** Browsers, a cache and an origin. */
export const web = defineProtocol({
  id: 'web',
  doc: 'Resources that are read, replaced, deleted and added to over connections that break, with conditions and a cache between.',
  source: 'RFC 9110; RFC 9111',
  messages: { ...requestResponseMessages, ...tierMessages },
  domains: { usual: usualWeb, fresh: { ...usualWeb, cache: { ...usualCache, freshFor: 2 } } },
  roles: rolesOver,
  scenarios,
});
