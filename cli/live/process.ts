import type { Entry } from '../catalogue.ts';
import { entriesOf } from '../names.ts';
import { Hosted } from './hosted.ts';
import type { Order, Report } from './plan.ts';
import { removeAfterKill } from './run-folder.ts';

/** The entry of a process that is one host of a live run. The driver forks it, and it ends with the driver. */

const report = (what: Report): void => {
  // A driver that is killed while this is on its way is heard of by `disconnect`.
  if (process.connected) process.send?.(what, undefined, undefined, () => {});
};

let folder: string | null = null;
process.on('disconnect', () => {
  if (folder !== null) removeAfterKill(folder);
  process.exit(0);
});
let hosted: Hosted | null = null;
process.on('message', (order: Order) => {
  if (order.do !== 'plan') hosted?.obey(order);
  else {
    folder = order.plan.folder;
    void entriesOf([order.plan.head.protocol]).then(([entry]) => {
      hosted = new Hosted(order.plan, entry as Entry, report);
      hosted.listen();
    });
  }
});
report({ did: 'ready' });
