// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import type { PromotionDetail } from 'backstage-plugin-delivery-common';
import { gateList } from '../../view/gateList';
import { formatMoment } from '../../view/formatMoment';
import { PHASES } from '../../view/PHASES';
import { phasesOf } from '../../view/phasesOf';
import { promotionHeadline } from '../../view/promotionHeadline';
import { promotionRecord } from '../../view/promotionRecord';
import { stepBar } from '../../view/stepBar';
import type { ViewClock } from '../../view/ViewClock';
import { DataTable } from '../DataTable';
import { StepBar } from '../DeployTab/StepBar';
import { HealthChip } from '../HealthChip';
import { Icon } from '../Icon';
import { Mono } from '../Mono';
import { Section } from '../Section';
import { Subtle } from '../Subtle';
import { Timeline } from '../Timeline';
import { PromotionPanel } from './PromotionPanel';

const Main = styled('div')({
  display: 'grid',
  gridTemplateColumns: 'minmax(0, 1fr) 360px',
  gap: 16,
  alignItems: 'start',
  '@container (max-width: 1059px)': {
    gridTemplateColumns: 'minmax(0, 1fr)',
  },
});

const Sheet = styled(Section)({
  marginBottom: 16,
  '& > header': {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '4px 10px',
    padding: '12px 16px 6px',
    '& h2': { fontSize: 15, lineHeight: '21px', margin: 0 },
    '& > :last-child': { marginLeft: 'auto', fontSize: 12 },
  },
});

/** The phases, the verdicts and the record of one Promotion. */
export function PromotionContent(props: {
  promotion: PromotionDetail;
  clock: ViewClock;
  refresh: () => void;
}) {
  const { promotion, clock } = props;
  const looks = PHASES[promotion.phase];
  return (
    <Main>
      <div>
        <Sheet aria-label="Phases">
          <header>
            <h2>
              {promotion.kind === 'rollback' ? 'Roll back: ' : ''}Release{' '}
              {promotion.releaseNumber} to {promotion.environment}
            </h2>
            <HealthChip {...looks} />
            <Subtle>{promotionHeadline(promotion, clock)}</Subtle>
          </header>
          <div style={{ padding: '0 20px 10px' }}>
            <StepBar
              steps={stepBar(
                { ...promotion, phases: phasesOf(promotion) },
                clock,
              )}
            />
            {promotion.phaseReason && <p>{promotion.phaseReason}</p>}
          </div>
        </Sheet>
        <Verdicts promotion={promotion} clock={clock} />
        <Sheet aria-label="Record">
          <header>
            <h2>Record</h2>
            <Subtle>
              {promotion.events.length} records, each bound to the one before
            </Subtle>
          </header>
          <Timeline
            label="Record"
            entries={promotionRecord(promotion.events, clock).map(row => ({
              ...row,
              text: (
                <>
                  {row.person && <b>{row.person} </b>}
                  {row.text}
                </>
              ),
              aside: <Mono>{row.mark}</Mono>,
            }))}
          />
        </Sheet>
      </div>
      <PromotionPanel {...props} />
    </Main>
  );
}

function Verdicts(props: { promotion: PromotionDetail; clock: ViewClock }) {
  const { promotion, clock } = props;
  const { decision, phase } = promotion;
  if (!decision) {
    return null;
  }
  const list = gateList(decision, clock, promotion.overrides);
  return (
    <Sheet aria-label="Verdicts">
      <header>
        <h2>
          {phase === 'waiting'
            ? 'Verdicts now'
            : 'Verdicts when it was decided'}
        </h2>
        <Subtle>
          {list.summary} · {formatMoment(decision.decidedAt, clock)}
        </Subtle>
      </header>
      {list.rows.length === 0 ? (
        <p style={{ padding: '0 16px 12px' }}>No gate was asked.</p>
      ) : (
        <DataTable>
          <tbody>
            {list.rows.map(row => (
              <tr key={row.gate}>
                <td
                  style={{
                    paddingLeft: 16,
                    whiteSpace: 'nowrap',
                    fontWeight: 700,
                    color: `var(--dlv-${row.tone})`,
                  }}
                >
                  <Icon name={row.icon} size={14} /> {row.label}
                </td>
                <td style={{ whiteSpace: 'nowrap' }}>
                  <b>{row.title}</b>
                </td>
                <td>{row.reason}</td>
                <td>
                  <Subtle>{row.more}</Subtle>
                </td>
              </tr>
            ))}
          </tbody>
        </DataTable>
      )}
    </Sheet>
  );
}
