// SPDX-License-Identifier: Apache-2.0
import type { Browser } from 'playwright-core';
import { launchBrowser, Portal, Visitor } from './harness';

describe('signing in', () => {
  let portal: Portal;
  let browser: Browser;

  beforeAll(async () => {
    [portal, browser] = await Promise.all([Portal.start(), launchBrowser()]);
  });

  afterAll(async () => {
    await browser?.close();
    await portal?.dispose();
  });

  it('lets a visitor choose who to be, and be somebody else in another window', async () => {
    const { address } = portal;
    const ben = await Visitor.signIn(browser, { address, user: 'ben' });
    const mina = await Visitor.signIn(browser, { address, user: 'mina' });
    await ben.goTo('/settings');
    await ben.page.getByText('Ben', { exact: true }).first().waitFor();
    await mina.goTo('/settings');
    await mina.page.getByText('Mina', { exact: true }).first().waitFor();

    await ben.page.getByText('Switch user').click();
    await ben.page.getByRole('button', { name: 'Sign in as Anna' }).waitFor();

    expect(await portal.as('anna').whoAmI()).toBe('user:default/anna');
    await ben.picture('sign-in');
    await mina.picture('settings');
  });

  it('gives no token to a page of another origin or to an unknown name', async () => {
    const url = `${portal.address}/api/auth/demo/refresh`;

    const unknown = await fetch(url, { headers: { 'x-demo-user': 'eve' } });
    const unnamed = await fetch(url);

    expect(unknown.status).toBe(401);
    expect(unnamed.status).toBe(401);
  });
});
