// SPDX-License-Identifier: Apache-2.0
import { useApi } from '@backstage/core-plugin-api';
import Skeleton from '@mui/material/Skeleton';
import type { ReleaseSummary } from 'backstage-plugin-delivery-common';
import { useCallback } from 'react';
import { deliveryApiRef } from '../../api/deliveryApiRef';
import { useLoad } from '../../hooks/useLoad';
import { counted } from '../../view/counted';
import { evidenceCards } from '../../view/evidenceCards';
import { CommitList } from '../CommitList';
import { ErrorNotice } from '../ErrorNotice';
import { Subtle } from '../Subtle';
import { EvidenceCards } from './EvidenceCards';
import { ReleaseFacts } from './ReleaseFacts';
import { ValuesDiff } from './ValuesDiff';

const NEWEST = 50;
const GAP = { marginTop: 12 };

/** What a person reads before a Release is promoted: facts, commits, diff, evidence. */
export function ReviewReading(props: {
  service: string;
  environment: string;
  release: ReleaseSummary;
}) {
  const { service, environment, release } = props;
  const api = useApi(deliveryApiRef);
  const diff = useLoad(
    useCallback(
      (signal: AbortSignal) =>
        api.getDiff(service, { environment, to: release.id }, { signal }),
      [api, service, environment, release.id],
    ),
  );
  return (
    <>
      <ReleaseFacts from={diff.value?.from} to={release} />
      {diff.loading && <Skeleton height={160} />}
      {diff.error && (
        <div style={GAP}>
          <ErrorNotice
            error={diff.error}
            title="What changes could not be loaded"
            onRetry={diff.reload}
          />
        </div>
      )}
      {diff.value && (
        <>
          <h3 style={GAP}>{counted(diff.value.commits.length, 'commit')}</h3>
          <CommitList commits={diff.value.commits} />
          <h3 style={GAP}>What changes in {environment}</h3>
          <ValuesDiff diff={diff.value} />
        </>
      )}
      <h3 style={GAP}>Evidence</h3>
      <ReleaseEvidence service={service} release={release} />
    </>
  );
}

function ReleaseEvidence(props: { service: string; release: ReleaseSummary }) {
  const { service, release } = props;
  const api = useApi(deliveryApiRef);
  const found = useLoad(
    useCallback(
      async (signal: AbortSignal) => {
        const { items } = await api.listReleases(
          service,
          { limit: NEWEST },
          { signal },
        );
        return { release: items.find(({ id }) => id === release.id) };
      },
      [api, service, release.id],
    ),
  );
  if (found.error) {
    return (
      <ErrorNotice
        error={found.error}
        title="The evidence could not be loaded"
        onRetry={found.reload}
      />
    );
  }
  if (!found.value) {
    return <Skeleton height={60} />;
  }
  return found.value.release ? (
    <EvidenceCards cards={evidenceCards(found.value.release)} />
  ) : (
    <Subtle>
      Release {release.number} is not among the newest {NEWEST}; its evidence is
      judged by the gates.
    </Subtle>
  );
}
