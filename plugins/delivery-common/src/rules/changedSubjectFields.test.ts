// SPDX-License-Identifier: Apache-2.0
import { subjectSchema, type Subject } from '../model/subject';
import { changedSubjectFields } from './changedSubjectFields';

const before: Subject = {
  entityUid: 'uid',
  environment: 'prod',
  releaseFingerprint: `sha256:${'a'.repeat(64)}`,
  runsNow: [`sha256:${'b'.repeat(64)}`],
  pipelineId: 'p',
  pipelineHash: 'h',
  policyHash: `sha256:${'c'.repeat(64)}`,
  kind: 'forward',
};

const other: Subject = {
  entityUid: 'other',
  environment: 'staging',
  releaseFingerprint: `sha256:${'d'.repeat(64)}`,
  runsNow: [],
  pipelineId: 'q',
  pipelineHash: 'i',
  policyHash: `sha256:${'e'.repeat(64)}`,
  kind: 'rollback',
};

describe('changedSubjectFields', () => {
  it('is empty for the same subject', () => {
    expect(changedSubjectFields(before, { ...before })).toEqual([]);
  });

  it.each(subjectSchema.keyof().options)(
    'names %s when only it changed',
    key => {
      expect(
        changedSubjectFields(before, { ...before, [key]: other[key] }),
      ).toHaveLength(1);
    },
  );

  it('names each of them differently', () => {
    const names = changedSubjectFields(before, other);
    expect(new Set(names).size).toBe(subjectSchema.keyof().options.length);
  });
});
