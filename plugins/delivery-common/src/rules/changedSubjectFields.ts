// SPDX-License-Identifier: Apache-2.0
import { subjectSchema, type Subject } from '../model/subject';

const NAMES: Record<keyof Subject, string> = {
  entityUid: 'the catalog entity',
  environment: 'the environment',
  releaseFingerprint: 'the release',
  runsNow: 'what runs in the environment now',
  pipelineId: 'the Spinnaker pipeline',
  pipelineHash: 'the content of the Spinnaker pipeline',
  policyHash: 'the gates',
  kind: 'the kind of promotion',
};

/**
 * What differs between two subjects, in the words of the person who reads it;
 * empty when they are the same.
 * @public
 */
export function changedSubjectFields(
  before: Subject,
  after: Subject,
): string[] {
  return subjectSchema
    .keyof()
    .options.filter(
      key => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
    )
    .map(key => NAMES[key]);
}
