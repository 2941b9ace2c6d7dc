// SPDX-License-Identifier: Apache-2.0

/** Text that is already HTML. */
export interface Html {
  readonly html: string;
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Builds HTML from a template; every value is escaped unless it is HTML itself. */
export function html(
  strings: TemplateStringsArray,
  ...values: (string | number | Html | Html[])[]
): Html {
  const parts = values.map(render);
  return { html: String.raw({ raw: strings.raw }, ...parts) };
}

function render(value: string | number | Html | Html[]): string {
  if (Array.isArray(value)) {
    return value.map(one => one.html).join('');
  }
  return typeof value === 'object'
    ? value.html
    : String(value).replace(/[&<>"']/g, letter => ESCAPES[letter]);
}
