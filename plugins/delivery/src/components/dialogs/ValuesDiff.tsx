// SPDX-License-Identifier: Apache-2.0
import type { ReleaseDiff } from 'backstage-plugin-delivery-common';
import { Alert } from '../Alert';
import { Subtle } from '../Subtle';
import { DiffView } from './DiffView';

/** What changes in the values of one Environment, as far as it can be known. */
export function ValuesDiff(props: { diff: ReleaseDiff }) {
  const { values, from, to, environment } = props.diff;
  if (values.state === 'unknown') {
    return (
      <Alert tone="warn" title="The values could not be compared">
        {values.reason}
      </Alert>
    );
  }
  if (values.lines.length === 0) {
    return <Subtle>Nothing changes in the values of {environment}.</Subtle>;
  }
  const before = from ? from.valuesCommit.slice(0, 7) : 'nothing';
  return (
    <DiffView
      values={values}
      title={`${before} to ${to.valuesCommit.slice(0, 7)}`}
    />
  );
}
