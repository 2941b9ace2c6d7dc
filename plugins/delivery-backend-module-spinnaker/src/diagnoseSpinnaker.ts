// SPDX-License-Identifier: Apache-2.0
import {
  chartHandOver,
  manifestRenderer,
} from 'backstage-plugin-delivery-common';
import type {
  CallOptions,
  EngineFinding,
  EngineTarget,
} from 'backstage-plugin-delivery-node';
import {
  CLAIM_STAGE_TYPE,
  type SpinnakerClient,
} from 'backstage-plugin-spinnaker-client';
import { applicationOf } from './ApplicationBindings';

/** More applications than this are looked at in part; the doctor is for people. */
const MOST_APPLICATIONS = 200;

/**
 * What is wrong with a Spinnaker installation, as far as these targets need it:
 * the claim's Spinnaker stage type, the accounts, who may start what.
 */
export async function diagnoseSpinnaker(
  given: {
    client: SpinnakerClient;
    chartAccount: string;
    targets: readonly EngineTarget[];
  },
  options: CallOptions,
): Promise<EngineFinding[]> {
  const { chartAccount, client, targets } = given;
  const [user, webhooks, accounts, artifactAccounts, applications] =
    await Promise.all([
      client.getUser(options),
      client.getPreconfiguredWebhooks(options),
      client.getAccounts(options),
      client.getArtifactAccounts(options),
      findOpenApplications(client, targets, options),
    ]);
  const known = new Set(accounts.map(({ name }) => name));
  const wanted = new Set(targets.map(({ environment }) => environment.account));
  return [
    ...(user && user.username !== 'anonymous'
      ? []
      : [
          {
            severity: 'error' as const,
            subject: 'spinnaker/user',
            detail:
              'Gate takes the portal for nobody in particular: without authentication everybody who reaches Gate may start everything, and no execution can be told to be ours.',
            fix: 'Switch authentication on in Gate and give delivery.spinnaker a token or a user.',
          },
        ]),
    ...(webhooks.some(({ type }) => type === CLAIM_STAGE_TYPE)
      ? []
      : [
          {
            severity: 'error' as const,
            subject: 'spinnaker/claims',
            detail: `Spinnaker has no stage type "${CLAIM_STAGE_TYPE}", so no execution can claim and none is let into a gated environment.`,
            fix: 'Add the preconfigured webhook to the configuration of Orca and restart it.',
          },
        ]),
    ...[...wanted]
      .filter(account => !known.has(account))
      .map(account => ({
        severity: 'error' as const,
        subject: `spinnaker/accounts/${account}`,
        detail: `Spinnaker has no account "${account}", or does not show it to the portal's user.`,
        fix: 'Add the account to Clouddriver, or correct the account of the environment.',
      })),
    ...(artifactAccounts.some(({ name }) => name === chartAccount) ||
    !targets.some(readsCharts)
      ? []
      : [
          {
            severity: 'error' as const,
            subject: `spinnaker/artifact-accounts/${chartAccount}`,
            detail: `Spinnaker has no artifact account "${chartAccount}" to fetch charts with.`,
            fix: 'Add the Helm artifact account to Clouddriver, or correct delivery.spinnaker.chartAccount.',
          },
        ]),
    ...applications,
  ];
}

/** Whether Spinnaker reads the target's chart from the chart repository. */
function readsCharts({ annotations }: EngineTarget): boolean {
  return (
    manifestRenderer(annotations) === 'helm' &&
    chartHandOver(annotations) === 'registry'
  );
}

/** Permissions are the wall, the claim is only the door: an open one is told. */
async function findOpenApplications(
  client: SpinnakerClient,
  targets: readonly EngineTarget[],
  options: CallOptions,
): Promise<EngineFinding[]> {
  const services = new Map(
    targets.flatMap(target => {
      const named = applicationOf(target);
      return named.state === 'bound'
        ? [[named.application, target.service] as const]
        : [];
    }),
  );
  const findings: EngineFinding[] = [];
  for (const [name, service] of [...services].slice(0, MOST_APPLICATIONS)) {
    const found = await client.getApplication(name, options);
    if (found && !found.permissions?.EXECUTE?.length) {
      findings.push({
        severity: 'warning',
        subject: 'spinnaker/permissions',
        detail:
          'The Spinnaker application does not say who may start executions, so everybody who may use Spinnaker can go round the gates.',
        fix: 'Give the application permissions, with EXECUTE and WRITE for the portal and the platform only.',
        service,
      });
    }
  }
  return findings;
}
