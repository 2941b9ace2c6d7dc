// SPDX-License-Identifier: Apache-2.0
import { toError } from '@backstage/errors';
import type {
  DoctorFinding,
  DoctorReport,
  EntityRef,
} from 'backstage-plugin-delivery-common';
import type { CdEngine, Clock } from 'backstage-plugin-delivery-node';
import type { Knex } from 'knex';
import type { People } from '../catalog/People';
import type {
  ConfiguredGate,
  DeliveryConfig,
  EnvironmentConfig,
} from '../config/DeliveryConfig';
import { listSourceStates } from '../database/observations';
import { listServices, type StoredService } from '../database/services';
import { gatesFor } from '../domain/gatesFor';
import { gatherFindings } from '../domain/gatherFindings';
import { lintDoor } from '../domain/lintDoor';
import { sourceFinding, unseenCluster } from '../domain/sourceFinding';
import { toEngineTarget } from '../engine/toEngineTarget';

const ENGINE_MS = 20_000;

/** What the doctor works with. */
export type DoctorRoom = {
  knex: Knex;
  clock: Clock;
  config: DeliveryConfig;
  people: People;
  engine?: CdEngine;
};

type Found = { finding: DoctorFinding; service?: EntityRef };

/** Looks at gates, people, sources and the engine, and says what is wrong. */
export async function examineSetup(
  room: DoctorRoom,
  options: { signal?: AbortSignal } = {},
): Promise<DoctorReport> {
  const services = await listServices(room.knex);
  const found = await Promise.all([
    examineGates(room, services),
    examineSources(room),
    examineEngine(room, services, options),
  ]);
  return {
    checkedAt: room.clock.now().toISOString(),
    services: services.length,
    findings: gatherFindings([...found.flat(), ...unsealed(room.config)]),
  };
}

/** Only the gates, for the log at the start. */
export async function examineGatesOnly(
  room: Pick<DoctorRoom, 'knex' | 'clock' | 'config' | 'people'>,
): Promise<{ findings: DoctorFinding[]; services: number }> {
  const services = await listServices(room.knex);
  return {
    findings: gatherFindings(await examineGates(room, services)),
    services: services.length,
  };
}

async function examineGates(
  room: Pick<DoctorRoom, 'clock' | 'config' | 'people'>,
  services: readonly StoredService[],
): Promise<Found[]> {
  const found: Found[] = [];
  for (const { environment, gates, service } of doorsOf(room, services)) {
    const people = service
      ? await peopleBehind(room.people, { gates, service })
      : new Map();
    found.push(
      ...lintDoor({
        environment,
        // Without a service nobody knows who its people are.
        gates: service ? gates : gates.filter(({ gate }) => !gate.people),
        people,
        now: room.clock.now(),
      }).map(finding => ({ finding, service: service?.entityRef })),
    );
  }
  return found;
}

/** Every door there is; where no Service stands before it, the door itself. */
function doorsOf(
  { config }: Pick<DoctorRoom, 'config'>,
  services: readonly StoredService[],
): {
  environment: EnvironmentConfig;
  gates: readonly ConfiguredGate[];
  service?: StoredService;
}[] {
  return [...config.paths.values()].flatMap(path => {
    const here = services.filter(service => service.path === path.name);
    return path.environments.flatMap(environment =>
      here.length === 0
        ? [{ environment, gates: environment.gates }]
        : here.map(service => ({
            environment,
            gates: gatesFor(environment, service, config.policies),
            service,
          })),
    );
  });
}

async function peopleBehind(
  people: People,
  given: { gates: readonly ConfiguredGate[]; service: StoredService },
): Promise<Map<string, readonly EntityRef[]>> {
  const { gates, service } = given;
  const names = new Set(
    gates.flatMap(({ config, gate }) => gate.people?.(config) ?? []),
  );
  const known = new Map<string, readonly EntityRef[]>();
  for (const name of names) {
    const members = await people.membersOf(name, { service, fresh: false });
    if (members) {
      known.set(name, members);
    }
  }
  return known;
}

async function examineSources({
  config,
  knex,
}: Pick<DoctorRoom, 'knex' | 'config'>): Promise<Found[]> {
  const states = await listSourceStates(knex);
  const clusters = new Set(
    [...config.paths.values()].flatMap(path =>
      path.environments.map(({ cluster }) => cluster),
    ),
  );
  const unseen = [...clusters].filter(
    cluster =>
      !states.some(
        ({ id, source }) => source === 'kubernetes' && id === cluster,
      ),
  );
  return [
    ...states.flatMap(state => {
      const finding = sourceFinding(state);
      return finding ? [{ finding }] : [];
    }),
    ...unseen.map(cluster => ({ finding: unseenCluster(cluster) })),
  ];
}

async function examineEngine(
  { config, engine }: Pick<DoctorRoom, 'config' | 'engine'>,
  services: readonly StoredService[],
  options: { signal?: AbortSignal },
): Promise<Found[]> {
  if (!engine) {
    return [
      {
        finding: {
          severity: 'error',
          subject: 'engine',
          detail: 'There is no CD engine, so nothing can be carried out.',
          fix: 'Install a module that adds one, such as backstage-plugin-delivery-backend-module-spinnaker.',
        },
      },
    ];
  }
  if (!engine.diagnose) {
    return [];
  }
  const targets = services.flatMap(service =>
    (config.paths.get(service.path)?.environments ?? []).map(environment =>
      toEngineTarget(service, environment),
    ),
  );
  const signal = AbortSignal.any([
    AbortSignal.timeout(ENGINE_MS),
    ...(options.signal ? [options.signal] : []),
  ]);
  try {
    const findings = await engine.diagnose(targets, { signal });
    return findings.map(({ service, ...finding }) => ({ finding, service }));
  } catch (error) {
    return [
      {
        finding: {
          severity: 'unknown',
          subject: engine.id,
          detail: `The CD engine could not be asked: ${
            toError(error).message
          }`.slice(0, 600),
        },
      },
    ];
  }
}

function unsealed({ audit }: DeliveryConfig): Found[] {
  return audit.key
    ? []
    : [
        {
          finding: {
            severity: 'warning',
            subject: 'audit/key',
            detail:
              'The record of promotions is chained and not sealed: who may write to the database could make all of it anew.',
            fix: 'Set delivery.audit.key to a secret of at least 16 characters.',
          },
        },
      ];
}
