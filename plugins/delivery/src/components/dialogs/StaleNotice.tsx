// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import { CHANGE_KINDS } from '../../view/CHANGE_KINDS';
import type { ReviewStaleness } from '../../view/reviewStaleness';
import { ActionButton } from '../ActionButton';
import { Alert } from '../Alert';

const Frame = styled('div')({ padding: '12px 24px 0' });

/** Says that what is being read is not what is there any more. */
export function StaleNotice(props: {
  staleness: ReviewStaleness;
  release: number;
  from: string;
  to: string;
  /** What the server said when it refused. */
  detail?: string;
  loading: boolean;
  onReviewNewer: () => void;
  onKeep: () => void;
  onReadAgain: () => void;
}) {
  const { staleness, release, from, to } = props;
  if (staleness.kind === 'fresh') {
    return null;
  }
  if (staleness.kind === 'target-changed') {
    return (
      <Frame>
        <Alert
          tone="warn"
          urgent
          title={`${to} changed while you were reading`}
          actions={
            <ActionButton
              small
              blocked={props.loading}
              onPress={props.onReadAgain}
            >
              Read the changes again
            </ActionButton>
          }
        >
          {props.detail ??
            `What you read below is what Release ${release} would have replaced before.`}
        </Alert>
      </Frame>
    );
  }
  const { candidate } = staleness;
  return (
    <Frame>
      <Alert
        tone="warn"
        urgent
        title={`Release ${candidate.number} arrived while you were reading`}
        actions={
          <>
            <ActionButton small onPress={props.onReviewNewer}>
              Review release {candidate.number}
            </ActionButton>
            <ActionButton small blocked={props.loading} onPress={props.onKeep}>
              Keep release {release}
            </ActionButton>
          </>
        }
      >
        {from} has Release {candidate.number} (
        {CHANGE_KINDS[candidate.change].long}) verified now. What you read below
        is still Release {release}; nothing was swapped.
      </Alert>
    </Frame>
  );
}
