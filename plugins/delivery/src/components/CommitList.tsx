// SPDX-License-Identifier: Apache-2.0
import { Link } from '@backstage/core-components';
import { styled } from '@mui/material/styles';
import type { Commit } from 'backstage-plugin-delivery-common';
import { Mono } from './Mono';
import { Subtle } from './Subtle';

const Row = styled('li')({
  display: 'grid',
  gridTemplateColumns: '62px 1fr auto',
  gap: 6,
  padding: '1px 0',
  fontSize: 12,
  lineHeight: '18px',
});

const Title = styled('span')({
  overflow: 'hidden',
  textOverflow: 'ellipsis',
  whiteSpace: 'nowrap',
});

/** Commits, each with its first line and its author. */
export function CommitList(props: { commits: readonly Commit[] }) {
  return (
    <ul>
      {props.commits.map(commit => (
        <Row key={commit.id}>
          <Mono>
            {commit.url ? (
              <Link to={commit.url}>{commit.id.slice(0, 7)}</Link>
            ) : (
              commit.id.slice(0, 7)
            )}
          </Mono>
          <Title title={commit.title}>{commit.title}</Title>
          <Subtle>{commit.author.name}</Subtle>
        </Row>
      ))}
    </ul>
  );
}
