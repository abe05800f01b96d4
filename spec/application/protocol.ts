import type { ValueRecord } from '../../model/kernel/value.ts';
import { defineProtocol } from '../../model/protocol/define.ts';
import { command, role } from '../../model/role/role.ts';
import { clientOver } from '../request-response/client.ts';
import { whenIdle } from '../request-response/commands.ts';
import type { RequestResponseDomain } from '../request-response/domain.ts';
import { replyCache } from '../request-response/ledger.ts';
import { requestResponseMessages } from '../request-response/messages.ts';
import { serverOver } from '../request-response/server.ts';
import { applicationServer } from './application-server.ts';
import { atFirst, programs } from './programs.ts';
import { scenarios } from './scenarios.ts';

const usual: RequestResponseDomain = {
  service: applicationServer(programs, atFirst),
  ledger: replyCache(16),
  patience: { answerMs: 1_000, retries: 2 },
};

/** A user, who has programs run on a server and computes nothing. */
const userOver = ({ patience }: RequestResponseDomain) =>
  clientOver<ValueRecord>({
    id: 'application.user',
    patience,
    single: true,
    start: () => ({}),
    commands: { run: (local, { program, input }) => ({ call: { type: 'Run', program: program as string, input: input as number }, local }) },
  });

export const rolesOver = (domain: RequestResponseDomain) => {
  const user = userOver(domain);
  return {
    user: role(user, {
      doc: 'Has programs run, and is told their results.',
      talksTo: ['server'],
      commands: {
        run: command<typeof user>({
          doc: 'Has a program run.',
          values: whenIdle(
            { program: 'book', input: 1 },
            { program: 'book', input: 2 },
            { program: 'free', input: 0 },
            { program: 'reserve', input: 0 },
          ),
        }),
      },
    }),
    server: role(serverOver(domain), { doc: 'Runs the programs that are installed on it.', talksTo: ['user'] }),
  };
};

export type ApplicationRoles = ReturnType<typeof rolesOver>;

/** An application server and its users. */
export const application = defineProtocol({
  id: 'application',
  doc: 'A server runs a program on request, and returns its result: a function of program, input and what is stored.',
  source: 'RFC 3875',
  messages: requestResponseMessages,
  domains: { usual, forgetful: { ...usual, ledger: replyCache(0) } },
  roles: rolesOver,
  scenarios,
});
