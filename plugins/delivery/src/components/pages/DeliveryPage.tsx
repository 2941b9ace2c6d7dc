// SPDX-License-Identifier: Apache-2.0
import { Content, Header, Page } from '@backstage/core-components';
import type { ReactNode } from 'react';
import { DeliveryRoot } from '../../theme/DeliveryRoot';

/** The frame of a page of delivery: Backstage's own header, then our content. */
export function DeliveryPage(props: {
  title: string;
  subtitle?: string;
  header?: ReactNode;
  /** Stands between the header and the content, over the whole width. */
  tabs?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Page themeId="other">
      <Header
        title={props.title}
        subtitle={props.subtitle}
        type="Delivery"
        pageTitleOverride={`${props.title} · Delivery`}
      >
        {props.header}
      </Header>
      <Content>
        <DeliveryRoot>
          {props.tabs}
          {props.children}
        </DeliveryRoot>
      </Content>
    </Page>
  );
}
