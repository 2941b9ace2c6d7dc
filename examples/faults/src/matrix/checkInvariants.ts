// SPDX-License-Identifier: Apache-2.0
import {
  createSeal,
  findAdmittedClaim,
  listApprovals,
  listDeployments,
  listOutsideChanges,
  listPromotionEvents,
  verifyLog,
  type PromotionRecord,
} from 'backstage-plugin-delivery-backend/testUtils';
import { isFinal } from 'backstage-plugin-delivery-common';
import type { Knex } from 'knex';
import { imageOf, SEAL_KEY } from '../database/shop';
import type { Scene } from '../world/Scene';
import type { MatrixCase } from './MatrixCase';

/** What people were told was done. */
export type Acknowledged = {
  requests: string[];
  approvals: { promotionId: string; subject: string }[];
};

/** What a run left behind. */
export type Remains = {
  one: MatrixCase;
  knex: Knex;
  scene: Scene;
  promotions: PromotionRecord[];
  acknowledged: Acknowledged;
};

/** Everything that must always hold and did not, judged by the ledgers of the fakes. */
export async function checkInvariants(remains: Remains): Promise<string[]> {
  const found = await Promise.all([
    deploysOnce(remains),
    neverTwoAtOnce(remains),
    claimsMatch(remains),
    nothingLost(remains),
    rightDigests(remains),
    everythingEnded(remains),
    logVerifies(remains),
    nothingStrangeLeft(remains),
  ]);
  return found.flat();
}

/** I1: at most one deploy for each Promotion. */
function deploysOnce({ promotions, scene }: Remains): string[] {
  return promotions.flatMap(promotion => {
    const deploys = scene.gate.deploys.filter(deploy =>
      isOf(promotion, deploy),
    );
    return deploys.length > 1
      ? [
          `I1: Promotion ${promotion.number} (${promotion.phase}) deployed ${deploys.length} times`,
        ]
      : [];
  });
}

function isOf(
  promotion: PromotionRecord,
  deploy: Scene['gate']['deploys'][number],
): boolean {
  return (
    deploy.parameters.promotionId === promotion.id ||
    deploy.executionId === promotion.execution?.id ||
    // What CI handed over names no Promotion.
    (!deploy.parameters.promotionId &&
      deploy.parameters.chartVersion === `3.8.${promotion.releaseNumber}`)
  );
}

/** I1: never two at once on a lane. */
function neverTwoAtOnce({ scene }: Remains): string[] {
  const spans = scene.gate.executions.flatMap(execution =>
    execution.stages
      .filter(
        ({ type, startTime }) =>
          type === 'deployManifest' && startTime !== undefined,
      )
      .map(stage => ({
        lane: execution.name,
        id: execution.id,
        from: stage.startTime ?? 0,
        to: stage.endTime ?? Infinity,
      })),
  );
  return spans.flatMap((one, index) =>
    spans
      .slice(index + 1)
      .filter(
        other =>
          other.lane === one.lane && other.from < one.to && one.from < other.to,
      )
      .map(other => `I1: ${one.id} and ${other.id} deployed at once`),
  );
}

/** I2: each deploy into a gated Environment was admitted, and approved by who may. */
async function claimsMatch({
  knex,
  promotions,
  scene,
}: Remains): Promise<string[]> {
  const broken: string[] = [];
  for (const deploy of scene.gate.deploys) {
    const promotion = promotions.find(one => isOf(one, deploy));
    if (!promotion) {
      broken.push(`I2: ${deploy.executionId} deployed for no promotion`);
      continue;
    }
    if (promotion.environment === 'dev') {
      continue;
    }
    const claim = await findAdmittedClaim(knex, promotion.id);
    if (
      claim?.executionId !== deploy.executionId ||
      !scene.admitted.has(deploy.executionId)
    ) {
      broken.push(`I2: ${deploy.executionId} deployed without its claim`);
    }
    const approvals = await listApprovals(knex, {
      promotionIds: [promotion.id],
    });
    const approved = approvals.some(
      ({ by, subject, verdict }) =>
        by === 'user:default/anna' &&
        verdict === 'approve' &&
        subject === deploy.parameters.fingerprint,
    );
    if (promotion.kind === 'forward' && !approved) {
      broken.push(`I2: ${deploy.executionId} deployed without its approval`);
    }
  }
  return broken;
}

/** I3: what was acknowledged is there. */
async function nothingLost({
  acknowledged,
  knex,
  promotions,
}: Remains): Promise<string[]> {
  const approvals = await listApprovals(knex, {});
  return [
    ...acknowledged.requests
      .filter(id => !promotions.some(one => one.id === id))
      .map(id => `I3: the acknowledged request ${id} is lost`),
    ...acknowledged.approvals
      .filter(
        given =>
          !approvals.some(
            one =>
              one.promotionId === given.promotionId &&
              one.by === 'user:default/anna',
          ),
      )
      .map(({ promotionId }) => `I3: an approval of ${promotionId} is lost`),
    ...(new Set(acknowledged.requests).size > 1
      ? ['I3: one request made two promotions']
      : []),
  ];
}

/** I4: what was deployed is what the Release holds. */
function rightDigests({ promotions, scene }: Remains): string[] {
  return scene.gate.deploys.flatMap(deploy => {
    const promotion = promotions.find(one => isOf(one, deploy));
    const { digest, name } = imageOf(promotion?.releaseNumber ?? 0);
    return promotion && !deploy.images.includes(`${name}@${digest}`)
      ? [`I4: ${deploy.executionId} deployed ${deploy.images.join()}`]
      : [];
  });
}

/** I6 and I7: when faults stop everything ends, and every lane is free. */
function everythingEnded({ promotions, scene }: Remains): string[] {
  return [
    ...(promotions.length === 0 ? ['I7: there is no promotion'] : []),
    ...promotions
      .filter(({ phase }) => !isFinal(phase))
      .map(
        one =>
          `I7: Promotion ${one.number} is still ${one.phase}: ${one.phaseReason}`,
      ),
    ...promotions
      .filter(one => one.phase === 'failed' && !one.phaseReason)
      .map(one => `I7: Promotion ${one.number} failed without a reason`),
    ...(scene.due === undefined ? [] : ['I7: Spinnaker is still busy']),
  ];
}

/** I8: the log verifies, and explains each deploy. */
async function logVerifies({
  knex,
  promotions,
  scene,
}: Remains): Promise<string[]> {
  const finding = await verifyLog(knex, createSeal(SEAL_KEY));
  const broken = finding.intact ? [] : [`I8: ${JSON.stringify(finding)}`];
  const deployments = await listDeployments(knex, {});
  for (const deploy of scene.gate.deploys) {
    const promotion = promotions.find(one => isOf(one, deploy));
    if (
      promotion &&
      !deployments.some(one => one.promotionId === promotion.id)
    ) {
      broken.push(
        `I8: ${deploy.executionId} deployed, and Promotion ${promotion.number} (${promotion.phase}) knows of no Deployment`,
      );
    }
    const events = promotion
      ? await listPromotionEvents(knex, promotion.id)
      : [];
    const explained = ['requested', 'admitted', 'started'].every(type =>
      events.some(event => event.type === type || event.type === 'adopted'),
    );
    if (promotion && !explained) {
      broken.push(`I8: the log does not explain ${deploy.executionId}`);
    }
  }
  return broken;
}

/** I2 and I10: nobody is accused wrongly, and only plain values have left. */
async function nothingStrangeLeft({ knex, scene }: Remains): Promise<string[]> {
  const changes = await listOutsideChanges(knex, {});
  return [
    ...changes.map(({ reason }) => `I2: flagged wrongly: ${reason}`),
    ...scene.starts
      .filter(body => /\$\{|#\{|\{\{|`|\n/.test(body))
      .map(body => `I10: left for Gate: ${body}`),
  ];
}
