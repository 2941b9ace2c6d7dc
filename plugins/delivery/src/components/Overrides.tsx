// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import type { Override } from 'backstage-plugin-delivery-common';
import { useState } from 'react';
import { useMay } from '../hooks/useMay';
import { useOwnRef } from '../hooks/useOwnRef';
import { listNames } from '../view/listNames';
import { overrideText } from '../view/overrideText';
import { personName } from '../view/personName';
import type { ViewClock } from '../view/ViewClock';
import { ActionButton } from './ActionButton';
import { CloseReviewDialog } from './dialogs/CloseReviewDialog';
import { Icon } from './Icon';
import { Reason } from './Reason';
import { Subtle } from './Subtle';

const Row = styled('li')({
  fontSize: 12.5,
  lineHeight: '18px',
  padding: '4px 0',
  overflowWrap: 'anywhere',
});

/** Who let which Gates pass, for ever, and what became of the reviews. */
export function Overrides(props: {
  overrides: readonly Override[];
  service: string;
  environment: string;
  clock: ViewClock;
  /** The rest stands with the gates already. */
  brief?: boolean;
  onDone: () => void;
}) {
  const [opened, open] = useState<Override>();
  const me = useOwnRef();
  const may = useMay(props.service, props.environment);
  return (
    <>
      <ul aria-label="Overrides">
        {props.overrides.map(override => {
          const why = whyNot(override, me, may.review);
          return (
            <Row key={override.id}>
              <b style={{ color: 'var(--dlv-override)' }}>
                <Icon name="lock-open" size={14} />{' '}
                {props.brief
                  ? `The review of what ${personName(
                      override.by,
                    )} overrode is open`
                  : `${personName(override.by)} let ${listNames(
                      override.gates,
                    )} pass`}
              </b>
              {!props.brief && (
                <div>
                  <Subtle>{overrideText(override, props.clock)}</Subtle>
                </div>
              )}
              {!override.review && (
                <div style={{ marginTop: 4 }}>
                  <ActionButton
                    small
                    blocked={why !== undefined}
                    describedBy={why && `delivery-review-${override.id}`}
                    onPress={() => open(override)}
                  >
                    Close review…
                  </ActionButton>
                  {why && (
                    <Reason id={`delivery-review-${override.id}`} rest={why} />
                  )}
                </div>
              )}
            </Row>
          );
        })}
      </ul>
      {opened && (
        <CloseReviewDialog
          override={opened}
          onClose={() => open(undefined)}
          onDone={() => {
            open(undefined);
            props.onDone();
          }}
        />
      )}
    </>
  );
}

function whyNot(
  override: Override,
  me: string | undefined,
  may: boolean,
): string | undefined {
  if (override.by === me) {
    return 'You overrode it; somebody else must close the review.';
  }
  return may ? undefined : 'You may not close reviews here.';
}
