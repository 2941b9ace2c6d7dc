// SPDX-License-Identifier: Apache-2.0
import { hintChannel } from 'backstage-plugin-delivery-common';
import type { Portal } from 'portal-browser-tests';
import { z } from 'zod';

/** As often as a page looks by itself while it has a connection for hints. */
const LOOK_EVERY_MS = 45_000;

const hintSchema = z.object({ channel: z.string() });

/** What an open page asks of a portal, without its window. */
export class PlayedTab {
  views = 0;
  hints = 0;
  #etag: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #read: () => Promise<void>;
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket, read: () => Promise<void>) {
    this.#socket = socket;
    this.#read = read;
  }

  /** Opens the page of a Service: a connection for hints, and a first read. */
  static async open(portal: Portal, service: string): Promise<PlayedTab> {
    const ben = portal.as('ben');
    const socket = new WebSocket(
      `${portal.address.replace('http', 'ws')}/api/signals`,
      await ben.token(),
    );
    const path = `/api/delivery/v1/services/component/default/${service}`;
    const tab: PlayedTab = new PlayedTab(socket, async () => {
      const { headers } = await ben.send('GET', path, {
        headers: tab.#etag ? { 'if-none-match': tab.#etag } : {},
      });
      tab.#etag = headers.get('etag') ?? undefined;
      tab.views += 1;
    });
    const channel = hintChannel(`component:default/${service}`);
    socket.onmessage = ({ data }) => {
      if (hintSchema.safeParse(JSON.parse(String(data))).success) {
        tab.hints += 1;
        tab.#look();
      }
    };
    await new Promise((resolve, reject) => {
      socket.onopen = resolve;
      socket.onerror = reject;
    });
    socket.send(JSON.stringify({ action: 'subscribe', channel }));
    await tab.#read();
    tab.#timer = setInterval(() => tab.#look(), LOOK_EVERY_MS);
    return tab;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }

  #look(): void {
    // A tab whose question fails asks again with the next hint.
    this.#read().catch(() => {});
  }
}
