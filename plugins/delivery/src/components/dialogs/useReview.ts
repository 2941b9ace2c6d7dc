// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import type {
  PromotionPreview,
  ServiceDelivery,
} from 'backstage-plugin-delivery-common';
import { useState } from 'react';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { useAct } from '../../hooks/useAct';
import { pinReview, type PinnedReview } from '../../view/pinReview';
import { reviewStaleness } from '../../view/reviewStaleness';

/** What a dry run says as its reason; it is kept nowhere. */
const READING = 'Read before asking';

/**
 * Keeps a review pinned to what was there when it was opened, and says when
 * that is not what is there any more.
 */
export function useReview(options: {
  service: ServiceDelivery;
  from: string;
  to: string;
  refresh: () => void;
}) {
  const { service, from, to, refresh } = options;
  const api = useApi(deliveryApiRef);
  const { pending, error, run } = useAct();
  const door = service.doors.find(each => each.from === from && each.to === to);
  const [state, setState] = useState<{
    pinned: PinnedReview | undefined;
    preview?: PromotionPreview;
    reviewedAt: string;
  }>(() => ({
    pinned: door && pinReview(service, door),
    reviewedAt: service.asOf,
  }));
  const { pinned, preview } = state;
  const repin = () =>
    setState({
      pinned: door && pinReview(service, door),
      reviewedAt: service.asOf,
    });
  const ask = async (review: PinnedReview) => {
    await run(async signal => {
      const answer = await api.previewPromotion(
        {
          service: service.service,
          environment: to,
          releaseId: review.candidate.id,
          reason: READING,
        },
        { signal },
      );
      setState({
        pinned: { ...review, subject: answer.subject },
        preview: answer,
        reviewedAt: answer.decision.decidedAt,
      });
    });
  };
  const target = service.environments.find(({ name }) => name === to);
  return {
    pinned,
    reviewedAt: state.reviewedAt,
    staleness: pinned
      ? reviewStaleness(pinned, service, door)
      : ({ kind: 'fresh' } as const),
    decision:
      door?.subject === pinned?.subject ? door?.decision : preview?.decision,
    slots: door?.slots ?? [],
    loading: pending,
    error,
    repin,
    /** Goes on with the Release that was read, although a newer one is there. */
    keep: () => {
      if (pinned) {
        return ask({ ...pinned, declined: door?.candidate?.id });
      }
      return undefined;
    },
    /** Takes what runs in the target now as what the Release would replace. */
    readAgain: () => {
      refresh();
      if (pinned) {
        return ask({
          ...pinned,
          targetReleaseId: target?.release?.id,
          targetReleaseNumber:
            target?.release?.number ?? target?.deployment?.releaseNumber,
        });
      }
      return undefined;
    },
  };
}
