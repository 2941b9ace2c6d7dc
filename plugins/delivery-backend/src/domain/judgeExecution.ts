// SPDX-License-Identifier: Apache-2.0
import type { Execution } from 'backstage-plugin-delivery-node';

/** What is known of an Execution that was found at the engine. */
export type ExecutionFacts = {
  now: Date;
  environment: { name: string; entry: 'automatic' | 'requested' };
  /** Whether a Promotion started or adopted it. */
  ours: boolean;
  /** Whether its claim was admitted; of no meaning where none is needed. */
  admitted: boolean;
  gated: boolean;
  /** The chart versions of the Releases that are known. */
  chartVersions: ReadonlySet<string>;
  /** How long an automatic one may be unknown; milliseconds. */
  grace: number;
  /** How what it was given differs from the Release it names, when it does. */
  foreign?: string;
};

/**
 * Why an Execution is a change from outside, or `undefined` when it is not one
 * (yet).
 *
 * @remarks
 * Nothing is said of one that changed nothing. In an Environment that changes
 * enter by themselves, the chart job's webhook starts Executions before the
 * portal knows the Release; these have a time of grace.
 */
export function judgeExecution(
  execution: Execution,
  facts: ExecutionFacts,
): string | undefined {
  const { environment } = facts;
  if (!execution.integrity.intact && execution.deployReached) {
    return `Spinnaker execution ${execution.ref.id} did not run as it was made: ${execution.integrity.reason}`;
  }
  if (!execution.deployReached) {
    return undefined;
  }
  if (facts.foreign) {
    return `Spinnaker execution ${execution.ref.id} deployed to ${environment.name} what is not a Release: ${facts.foreign}.`;
  }
  if (facts.ours) {
    return facts.gated && !facts.admitted
      ? `Spinnaker execution ${execution.ref.id} deployed without being admitted by its claim.`
      : undefined;
  }
  const { chartVersion } = execution.parameters;
  if (environment.entry === 'automatic') {
    const known = chartVersion && facts.chartVersions.has(chartVersion);
    const age = facts.now.getTime() - Date.parse(execution.createdAt);
    return known || age < facts.grace
      ? undefined
      : `Spinnaker execution ${execution.ref.id} deployed chart ${
          chartVersion ?? 'of unknown version'
        }, of which no Release is known.`;
  }
  return `Spinnaker execution ${execution.ref.id} by ${
    execution.startedBy.user || 'an unknown user'
  } deployed to ${environment.name} without a promotion.`;
}
