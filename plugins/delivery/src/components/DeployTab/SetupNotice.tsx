// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/core-components';
import type { Finding } from 'backstage-plugin-delivery-common';
import { FINDINGS } from '../../view/FINDINGS';
import { Alert } from '../Alert';

/** What is refused or missing although the Service is on a path. */
export function SetupNotice(props: { findings: readonly Finding[] }) {
  const findings = props.findings.filter(
    ({ state }) => state === 'refused' || state === 'missing',
  );
  if (findings.length === 0) {
    return null;
  }
  return (
    <div style={{ marginBottom: 12 }}>
      <Alert
        tone={
          findings.some(({ state }) => state === 'refused') ? 'bad' : 'warn'
        }
        title="Something delivery needs is not in order"
      >
        <ul>
          {findings.map(({ id, title, state, detail, link }) => (
            <li key={id}>
              {title}, {FINDINGS[state].label.toLocaleLowerCase('en')}: {detail}{' '}
              {link && <Link to={link.url}>{link.title}</Link>}
            </li>
          ))}
        </ul>
      </Alert>
    </div>
  );
}
