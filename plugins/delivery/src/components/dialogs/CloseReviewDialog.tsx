// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import type { Override } from 'backstage-plugin-delivery-common';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { personName } from '../../view/personName';
import { Quote } from '../Quote';
import { ReasonDialog } from './ReasonDialog';

/** Closes the review of an override that somebody else made. */
export function CloseReviewDialog(props: {
  override: Override;
  onClose: () => void;
  onDone: () => void;
}) {
  const { override } = props;
  const api = useApi(deliveryApiRef);
  const person = personName(override.by);
  return (
    <ReasonDialog
      title={`Review what ${person} overrode`}
      act="Close the review"
      onAct={(note, _, signal) => api.review(override.id, { note }, { signal })}
      onClose={props.onClose}
      onDone={props.onDone}
    >
      <p>
        {person} let <b>{override.gates.join(', ')}</b> pass and wrote:
      </p>
      <Quote>{override.reason}</Quote>
      <p>
        Say below what you found. Your name and your words stand beside the
        override for ever.
      </p>
    </ReasonDialog>
  );
}
