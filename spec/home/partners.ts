/** The servers that each client program is a client of. */
export type Partners = Readonly<
  Record<'browser' | 'agent' | 'fileUser' | 'reader' | 'printUser' | 'device' | 'chatter' | 'listener' | 'studio', readonly string[]>
>;

export const usualPartners: Partners = {
  browser: ['origin', 'proxy'],
  agent: ['origin'],
  fileUser: ['fileServer'],
  reader: ['mta'],
  printUser: ['printer'],
  device: ['printer'],
  chatter: ['channel'],
  listener: ['station'],
  studio: ['station'],
};

/** The client programs of a server. */
export const clientsOf = (server: string): readonly string[] =>
  Object.entries(usualPartners).flatMap(([client, servers]) => (servers.includes(server) ? [client] : []));
