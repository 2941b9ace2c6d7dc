// SPDX-License-Identifier: Apache-2.0
import { render, screen } from '@testing-library/react';
import App from './App';

// The app loads its pages when they are first shown, which takes a slow machine long.
jest.setTimeout(60_000);

describe('App', () => {
  it('asks the visitor who to be', async () => {
    const data = {
      app: { title: 'Delivery' },
      backend: { baseUrl: 'http://localhost:7007' },
      demo: {
        users: [
          {
            name: 'ben',
            title: 'Ben',
            role: 'Developer',
            may: 'Asks for promotions.',
          },
        ],
      },
    };
    Object.defineProperty(process, 'env', {
      value: { NODE_ENV: 'test', APP_CONFIG: [{ context: 'test', data }] },
    });

    render(App.createRoot());

    expect(
      await screen.findByRole(
        'button',
        { name: 'Sign in as Ben' },
        { timeout: 50_000 },
      ),
    ).toBeInTheDocument();
    expect(screen.getByText(/Asks for promotions/)).toBeInTheDocument();
  });
});
