// SPDX-License-Identifier: Apache-2.0
import type { JournalEntry } from '../Journal';
import type { JenkinsState } from './readJenkins';
import type { SpinnakerState } from './readSpinnaker';

const SHOWN = 100;

/**
 * What happened lately, newest first: what the vendors said of themselves, and the beginning
 * and end of each Jenkins build and Spinnaker execution.
 */
export function readJournal(options: {
  entries: readonly JournalEntry[];
  jenkins: JenkinsState;
  spinnaker: SpinnakerState;
}): JournalEntry[] {
  const { entries, jenkins, spinnaker } = options;
  return [...entries, ...buildEntries(jenkins), ...executionEntries(spinnaker)]
    .sort((one, other) => (one.at < other.at ? 1 : -1))
    .slice(0, SHOWN);
}

function buildEntries(jenkins: JenkinsState): JournalEntry[] {
  return jenkins.jobs.flatMap(({ name, builds }) =>
    builds.flatMap(({ number, cause, result, startedAt, endedAt }) =>
      beginningAndEnd({
        where: 'jenkins',
        startedAt,
        endedAt,
        beginning: `${name} #${number}: ${cause}`,
        end: `${name} #${number}: ${result}`,
      }),
    ),
  );
}

function executionEntries(spinnaker: SpinnakerState): JournalEntry[] {
  return spinnaker.executions.flatMap(execution => {
    const { application, name, status, user, startedAt, endedAt } = execution;
    return beginningAndEnd({
      where: 'spinnaker',
      startedAt,
      endedAt,
      beginning: `${application}: ${name}, started by ${user ?? 'anonymous'}`,
      end: `${application}: ${name}, ${status}`,
    });
  });
}

function beginningAndEnd(options: {
  where: JournalEntry['where'];
  startedAt: string;
  endedAt: string | undefined;
  beginning: string;
  end: string;
}): JournalEntry[] {
  const { where, startedAt, endedAt, beginning, end } = options;
  return [
    { at: startedAt, where, text: beginning },
    ...(endedAt === undefined ? [] : [{ at: endedAt, where, text: end }]),
  ];
}
