// SPDX-License-Identifier: Apache-2.0
import type { EngineTarget } from '../ports/CdEngine';
import { describeCdEngine } from './describeCdEngine';
import { FakeCdEngine } from './FakeCdEngine';
import { FakeClock } from './FakeClock';

const target: EngineTarget = {
  service: 'component:default/orders',
  serviceName: 'orders',
  annotations: {},
  environment: {
    name: 'staging',
    account: 'local-staging',
    namespace: 'orders-staging',
    gated: true,
  },
};

describeCdEngine('FakeCdEngine', async () => {
  const clock = new FakeClock();
  const engine = new FakeCdEngine({ clock });
  const before = clock.now();
  const foreignTarget = { ...target, service: 'component:default/other' };
  engine.foreign.add(foreignTarget.service);
  return {
    engine,
    target,
    foreignTarget,
    parameters: {
      promotionId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
      chartVersion: '3.8.1',
      valuesBase64: 'YTogMQo=',
      valuesDigest: `sha256:${'a'.repeat(64)}`,
      fingerprint: `sha256:${'b'.repeat(64)}`,
    },
    before,
    async settle() {
      clock.advance({ seconds: 1 });
      for (const execution of engine.executions) {
        if (execution.state === 'running') {
          engine.succeed(execution.ref.id);
        }
      }
    },
    loseNextAnswer() {
      engine.nextStart = 'unknown-but-started';
    },
    refuseNextStart() {
      engine.nextStart = 'refuse';
    },
    takeDown() {
      engine.down = new Error('The engine is gone');
    },
  };
});
