// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { FakeGate } from '../FakeGate';
import { InMemoryWorld } from '../InMemoryWorld';
import { isJsonMap, JsonMap } from '../model/Json';
import { RecordedCall, recordedCallSchema } from './RecordedCall';
import { replayExecution } from './replayExecution';
import { ReplayClock, Replayed, replayCalls } from './replayCalls';

const APPLICATION: JsonMap = {
  cloudProviders: '',
  createTs: '1795242296378',
  email: 'rig@example.org',
  lastModifiedBy: 'anonymous',
  name: 'rigapp',
  trafficGuards: [],
  updateTs: '1795242296378',
};

function savedPipelines(): JsonMap[] {
  const listed = readRecordedCalls('gate-calls.json').find(
    ({ name }) => name === 'gate-303-pipelineConfigs',
  );
  const configs = Array.isArray(listed?.body) ? listed.body : [];
  return configs.filter(isJsonMap);
}

const NEEDS_PARAMETER: JsonMap = {
  application: 'rigapp',
  id: '88888888-8888-4888-8888-888888888888',
  index: 9,
  name: 'needs-param',
  schema: '1',
  parameterConfig: [{ name: 'claim', required: true }],
  stages: [
    {
      type: 'wait',
      name: 'Wait',
      refId: '1',
      requisiteStageRefIds: [],
      waitTime: 1,
    },
  ],
  triggers: [],
};

const LOCKED: JsonMap = {
  application: 'rigapp',
  id: '861d94d8-7116-44d9-bc83-9b82743bdcf9',
  index: 53,
  locked: { ui: true, allowUnlockUi: false },
  name: 'locked one',
  schema: '1',
  stages: [],
  triggers: [],
  updateTs: '1795245000000',
};

function newGate(clock: ReplayClock, pipelines: JsonMap[]) {
  return new FakeGate({
    clock,
    timing: { start: 30 },
    backends: new InMemoryWorld({ accounts: ['rig', 'rig-limited'] }),
    state: { applications: { rigapp: APPLICATION }, pipelines },
  });
}

/** Patches that the name of a later recording does not tell. */
const PATCHED_BY: Record<string, string> = {
  'orca-503-pre-approved-result':
    'orca-502-patch-continue-before-judgment-stage-started',
  'claim-85-restart-patched-refused-claim': 'claim-84-patch-terminal-claim',
  'claim-d9-after-d8': 'claim-d8-patch-continuePipeline',
};

/** Recordings in the files that are not replayed, each with its reason. */
const NOT_REPLAYED = new Map([
  ...[
    'sql-orca-035-judgment-patch-continue-again-after-end',
    'sql-orca-036-judgment-patch-stop-after-end',
    'sql-orca-037-judgment-after-late-stop',
    'sql-orca-043-judgment-patch-continue-after-terminal',
    'sql-orca-057-canceled-judgment',
    'sql-orca-058-patch-continue-after-cancel',
  ].map(name => [name, 'several patches; replayed through Gate'] as const),
  ...[
    'sql-orca-082-executionId-get',
    'sql-orca-083-executionId-ended',
    'sql-orca-234-canceled-while-buffered',
    'sql-orca-239-limit-nokeep-second-result',
  ].map(name => [name, 'needs another execution beside it'] as const),
  ['sql-orca-215-no-name-no-id-result', 'Gate starts by name or id only'],
  [
    'orca-453-webhook-interrupted-by-orca-kill-ended',
    'Orca was killed in the middle; the fake resumes',
  ],
  [
    'claim-6d-author-no-parameterValues',
    'the operator had parameters, which the fake does not have',
  ],
  [
    'claim-75-patch-webhook-body',
    'it overwrote the answers that it would be replayed with',
  ],
  ['claim-86-after-85', 'two restarts with a patch between them'],
  [
    'deploy-21-deploy-running-waitForManifestToStabilize',
    'read between the start of a task and its first run',
  ],
  [
    'deploy-70-undo-running',
    'read between the start of a task and its first run',
  ],
]);

const supported = new Set<string>();

/** Those that were not answered alike; the others count as supported. */
function differing(results: Replayed[]): string[][] {
  const same = results.filter(({ differences }) => differences.length === 0);
  same.forEach(({ name }) => supported.add(name));
  return results
    .filter(({ differences }) => differences.length > 0)
    .map(({ name, differences }) => [name, ...differences]);
}

function readFixture(file: string): unknown {
  return JSON.parse(
    readFileSync(resolve(__dirname, '../fixtures', file), 'utf8'),
  );
}

function readRecordedCalls(file: string): RecordedCall[] {
  return z.array(recordedCallSchema).parse(readFixture(file));
}

describe('the fake answers as a real Spinnaker did', () => {
  it('reading, starting, judging, cancelling, listing and searching', async () => {
    const clock = new ReplayClock();
    const calls = readRecordedCalls('gate-calls.json');
    const early = calls.filter(({ name }) => name < 'gate-400');
    const late = calls.filter(({ name }) => name >= 'gate-400');
    const gate = newGate(clock, savedPipelines());
    expect(differing(await replayCalls({ gate, clock, calls: early }))).toEqual(
      [],
    );
    expect(
      differing(
        await replayCalls({
          gate: newGate(clock, [...savedPipelines(), NEEDS_PARAMETER]),
          clock,
          calls: late,
        }),
      ),
    ).toEqual([]);
  });

  it('under basic authentication', async () => {
    const clock = new ReplayClock();
    const gate = new FakeGate({
      clock,
      timing: { start: 30 },
      access: { kind: 'basic', username: 'rig', password: 'right' },
      state: {
        applications: { rigapp: APPLICATION },
        pipelines: savedPipelines(),
      },
    });
    expect(
      differing(
        await replayCalls({
          gate,
          clock,
          calls: readRecordedCalls('gate-basic-auth.json'),
          authorization: `Basic ${btoa('rig:right')}`,
        }),
      ),
    ).toEqual([]);
  });

  it('saving and deleting pipelines', async () => {
    const clock = new ReplayClock();
    const calls = readRecordedCalls('gate-saves.json');
    const gate = newGate(clock, [...savedPipelines(), LOCKED]);
    expect(differing(await replayCalls({ gate, clock, calls }))).toEqual([]);
  });

  it.each([
    'claim-executions.json',
    'deploy-executions.json',
    'orca-executions.json',
  ])('carrying out what %s shows', async file => {
    const calls = readRecordedCalls(file);
    const results: Replayed[] = [];
    for (const call of calls.filter(({ name }) => !NOT_REPLAYED.has(name))) {
      const patchName =
        PATCHED_BY[call.name] ?? call.name.replace('-patched-', '-patch-');
      const patch = calls.find(
        ({ method, name }) => method === 'PATCH' && name === patchName,
      );
      results.push(
        await replayExecution({
          call,
          patch: patch === call ? undefined : patch,
          // Orca was called directly for some of them.
          ignore: ['authentication', 'canceledBy', 'application', 'origin'],
        }),
      );
    }
    expect(differing(results)).toEqual([]);
  });

  it('saving and starting deploy pipelines', async () => {
    const clock = new ReplayClock();
    const gate = newGate(clock, []);
    const calls = readRecordedCalls('deploy-calls.json');
    expect(differing(await replayCalls({ gate, clock, calls }))).toEqual([]);
  });

  it('controlling an execution, and asking for what there is not', async () => {
    const clock = new ReplayClock();
    const calls = readRecordedCalls('claim-controls.json');
    clock.moveTo(calls[0].at - 1_000);
    const gate = newGate(clock, savedPipelines());
    const started = await gate.handle(
      new Request('http://gate/pipelines/rigapp/judge', { method: 'POST' }),
    );
    const { ref } = await started.json();
    const ids = new Map([
      ['01M7YEV24EP0NZQ3H6TS89XQ8K', String(ref).split('/').at(-1) ?? ''],
    ]);
    expect(differing(await replayCalls({ gate, clock, calls, ids }))).toEqual(
      [],
    );
  });

  it('when Orca or Front50 is down', async () => {
    const results: Replayed[] = [];
    for (const call of readRecordedCalls('gate-outage.json')) {
      if (call.status !== 500) {
        continue;
      }
      const clock = new ReplayClock();
      const gate = newGate(clock, savedPipelines());
      gate.inject({ effect: { kind: 'status', status: 500, when: 'before' } });
      results.push(...(await replayCalls({ gate, clock, calls: [call] })));
    }
    expect(differing(results)).toEqual([]);
  });

  afterAll(() => {
    const names = z.array(z.string()).parse(readFixture('all.json'));
    const missing = names.filter(name => !supported.has(name));
    process.stdout.write(
      `Recordings the fake answers alike: ${supported.size} of ${
        names.length
      }\n${[...supported].join(' ')}\n\nNot supported: ${
        missing.length
      }\n${missing.join(' ')}\n`,
    );
  });
});
