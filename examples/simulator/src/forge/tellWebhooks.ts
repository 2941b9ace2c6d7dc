// SPDX-License-Identifier: Apache-2.0
const TIME_LIMIT_MS = 10_000;

/** A request that tells somebody of a push. */
export interface WebhookCall {
  url: string;
  headers: Record<string, string>;
}

/**
 * Tells each address what happened.
 *
 * @remarks
 * Each is tried once, as GitHub and GitLab do; one that cannot be reached is only logged.
 */
export async function tellWebhooks(
  calls: readonly WebhookCall[],
  options: {
    body: string;
    signal: AbortSignal;
    log: (message: string) => void;
  },
): Promise<void> {
  const { body, signal, log } = options;
  await Promise.all(
    calls.map(async ({ url, headers }) => {
      const { host } = new URL(url);
      try {
        const response = await fetch(url, {
          method: 'POST',
          body,
          headers,
          signal: AbortSignal.any([signal, AbortSignal.timeout(TIME_LIMIT_MS)]),
        });
        await response.body?.cancel();
        if (!response.ok) {
          log(`The webhook at ${host} answered ${response.status} to a push`);
        }
      } catch (error) {
        if (!signal.aborted) {
          log(`The webhook at ${host} did not hear of a push: ${error}`);
        }
      }
    }),
  );
}
