// SPDX-License-Identifier: Apache-2.0
import { styled } from '@mui/material/styles';
import type { ReactNode } from 'react';

const Frame = styled('div')({
  fontSize: 12,
  lineHeight: '16px',
  marginTop: 6,
  color: 'var(--dlv-subtle)',
  overflowWrap: 'anywhere',
  // beside words a link must not be told by its colour alone
  '& a': { textDecoration: 'underline' },
  '& b': { color: 'var(--dlv-text)' },
});

/** Why a button says what it says: the cause first and bold, then one sentence. */
export function Reason(props: {
  id?: string;
  lead?: string;
  rest?: string;
  children?: ReactNode;
}) {
  return (
    <Frame id={props.id}>
      {props.lead && <b>{props.lead}</b>}
      {props.lead && props.rest && ' '}
      {props.rest}
      {props.children && <> {props.children}</>}
    </Frame>
  );
}
