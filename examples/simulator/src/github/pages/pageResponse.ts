// SPDX-License-Identifier: Apache-2.0
import { Html, html } from './html';

const STYLE = `
body { font: 14px/1.5 system-ui, sans-serif; margin: 0; color: #1f2328; background: #fff; }
header { background: #24292f; color: #fff; padding: 12px 24px; }
header a { color: #fff; font-weight: 600; }
header span { color: #9da7b1; margin-left: 12px; }
main { max-width: 980px; margin: 24px auto; padding: 0 24px; }
a { color: #0969da; text-decoration: none; }
a:hover { text-decoration: underline; }
h1 { font-size: 20px; font-weight: 400; }
h2 { font-size: 16px; margin-top: 32px; }
table { border-collapse: collapse; width: 100%; border: 1px solid #d0d7de; }
td { border-top: 1px solid #d0d7de; padding: 6px 12px; vertical-align: top; }
pre { background: #f6f8fa; border: 1px solid #d0d7de; border-radius: 6px; padding: 12px; overflow: auto; }
code { font-family: ui-monospace, monospace; font-size: 12px; }
.quiet { color: #59636e; }
`;

/** A whole page of the simulated GitHub's simple web view. */
export function pageResponse(
  title: string,
  content: Html,
  status = 200,
): Response {
  const page = html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <style>
          ${{ html: STYLE }}
        </style>
      </head>
      <body>
        <header><a href="/">GitHub</a><span>simulated</span></header>
        <main>${content}</main>
      </body>
    </html>`;
  return new Response(page.html, {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'",
    },
  });
}
