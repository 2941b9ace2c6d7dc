// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/core-components';
import type { Finding } from 'backstage-plugin-delivery-common';
import { FINDINGS } from '../../view/FINDINGS';
import { findingsSummary } from '../../view/findingsSummary';
import { DataTable } from '../DataTable';
import { Icon } from '../Icon';
import { Section } from '../Section';
import { Subtle } from '../Subtle';

/** What delivery needs of a Service: found, missing, refused or not to be seen. */
export function FindingsTable(props: { findings: readonly Finding[] }) {
  const { findings } = props;
  return (
    <Section aria-label="What is missing">
      <div style={{ display: 'flex', padding: '12px 16px 4px' }}>
        <h3 style={{ fontSize: 15, flex: 1 }}>What is missing</h3>
        <Subtle style={{ fontSize: 12 }}>{findingsSummary(findings)}</Subtle>
      </div>
      <DataTable>
        <tbody>
          {findings.map(finding => {
            const looks = FINDINGS[finding.state];
            return (
              <tr key={finding.id}>
                <td
                  style={{
                    width: 98,
                    paddingLeft: 16,
                    whiteSpace: 'nowrap',
                    fontWeight: 700,
                    color: `var(--dlv-${looks.tone})`,
                  }}
                >
                  <Icon name={looks.icon} size={14} /> {looks.label}
                </td>
                <td style={{ overflowWrap: 'anywhere' }}>
                  <b>{finding.title}</b>: {finding.detail}
                </td>
                <td
                  style={{
                    textAlign: 'right',
                    paddingRight: 16,
                    whiteSpace: 'nowrap',
                  }}
                >
                  {finding.link && (
                    <Link to={finding.link.url}>{finding.link.title}</Link>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </DataTable>
    </Section>
  );
}
