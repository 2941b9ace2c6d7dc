// SPDX-License-Identifier: Apache-2.0
const NAME = '[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?';
const PREFIX = '[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?';
const KEY = `(?:${PREFIX}/)?${NAME}`;
const VALUE = `(?:${NAME})?`;
const REQUIREMENT = `(?:!?${KEY}|${KEY} *(?:=|==|!=) *${VALUE}|${KEY} +(?:in|notin) +\\( *${VALUE}(?: *, *${VALUE})* *\\))`;
const SELECTOR = new RegExp(`^${REQUIREMENT}(?: *, *${REQUIREMENT})*$`);

/** Whether a text is a Kubernetes label selector and nothing more. */
export function isLabelSelector(text: string): boolean {
  return text.length <= 500 && SELECTOR.test(text);
}
