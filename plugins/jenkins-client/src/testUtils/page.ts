// SPDX-License-Identifier: Apache-2.0

/** A plain page for a person who follows a link to the fake controller. */
export function page(
  title: string,
  links: { text: string; href: string }[],
  preformatted?: string,
): Response {
  const list = links
    .map(
      link =>
        `<li><a href="${escape(link.href)}">${escape(link.text)}</a></li>`,
    )
    .join('\n');
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${escape(title)}</title>
<style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}pre{background:#f4f4f4;padding:1rem;overflow:auto}</style>
</head><body><p>Simulated Jenkins</p><h1>${escape(title)}</h1>
<ul>${list}</ul>${
    preformatted === undefined ? '' : `<pre>${escape(preformatted)}</pre>`
  }</body></html>`;
  return new Response(html, {
    headers: { 'content-type': 'text/html;charset=utf-8' },
  });
}

function escape(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}
