// SPDX-License-Identifier: Apache-2.0
import { HostileAnswers } from './HostileAnswers';
import { seeded } from './hostileText';
import { ORDERS } from './ORDERS';
import { ScriptedCluster } from './ScriptedCluster';
import { putDeployment } from './scriptedDeployment';

/**
 * A cluster that lies, in a process of its own, so that what is measured in the other one is
 * not the liar's work. It tells its parent where it is and how many bodies it has sent; told
 * a number, it lies so many times, and then tells the truth.
 */
async function main(): Promise<void> {
  const cluster = await ScriptedCluster.start();
  putDeployment(cluster, ORDERS);
  const answers = new HostileAnswers(seeded(11));
  const random = seeded(12);
  // a real server sends them, too; they tell of versions that cannot be
  setInterval(() => cluster.bookmark(), 20);
  setInterval(() => process.send?.({ sent: answers.sent }), 20);
  process.on('message', bodies => {
    cluster.lie = ({ watching }, response) => {
      // every fourth list is true, so that watches are opened at all
      if (answers.sent >= Number(bodies) || (!watching && random(4) === 0)) {
        return false;
      }
      answers.answer(watching, response);
      return true;
    };
    cluster.compact();
    cluster.endWatches();
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ url: cluster.url });
}

void main();
