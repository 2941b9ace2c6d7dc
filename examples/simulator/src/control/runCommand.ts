// SPDX-License-Identifier: Apache-2.0
import type { Command } from './commandSchema';
import { applyImage } from './commands/applyImage';
import { changeServiceValue } from './commands/changeServiceValue';
import { failNextRollout } from './commands/failNextRollout';
import { failNextTest } from './commands/failNextTest';
import { moveClock } from './commands/moveClock';
import { patchStage } from './commands/patchStage';
import { publishBaseImage } from './commands/publishBaseImage';
import { pushSource } from './commands/pushSource';
import { restartStage } from './commands/restartStage';
import { setGateFault } from './commands/setGateFault';
import { setVendor } from './commands/setVendor';
import { skipStage } from './commands/skipStage';
import { startPipeline } from './commands/startPipeline';
import { triggerCron } from './commands/triggerCron';
import type { ControlContext } from './ControlContext';

/** Does what a command says; answers with one sentence that says what was done. */
export async function runCommand(
  command: Command,
  context: ControlContext,
): Promise<string> {
  switch (command.type) {
    case 'push-source':
      return pushSource(command, context);
    case 'change-value':
      return changeServiceValue(command, context);
    case 'publish-base-image':
      return publishBaseImage(command, context);
    case 'trigger-cron':
      return triggerCron(command, context);
    case 'fail-next-rollout':
      return failNextRollout(command, context);
    case 'fail-next-test':
      return failNextTest(command, context);
    case 'apply-image':
      return applyImage(command, context);
    case 'start-pipeline':
      return startPipeline(command, context);
    case 'patch-stage':
      return patchStage(command, context);
    case 'skip-stage':
      return skipStage(command, context);
    case 'restart-stage':
      return restartStage(command, context);
    case 'set-gate-fault':
      return setGateFault(command, context);
    case 'set-vendor':
      return setVendor(command, context);
    case 'move-clock':
      return moveClock(command, context);
    default:
      return unknownCommand(command);
  }
}

function unknownCommand(command: never): never {
  throw new Error(`Unknown command ${JSON.stringify(command)}`);
}
