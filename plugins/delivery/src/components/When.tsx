// SPDX-License-Identifier: Apache-2.0
import type { ReactNode } from 'react';

/** A time as people say it, with the full instant for machines and tooltips. */
export function When(props: { at: string; children: ReactNode }) {
  return (
    <time dateTime={props.at} title={props.at}>
      {props.children}
    </time>
  );
}
