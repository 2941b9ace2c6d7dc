// SPDX-License-Identifier: Apache-2.0
import { STATUS_CODES } from 'node:http';
import { isJsonMap, Json, JsonMap } from '../../model/Json';
import { TaskRun } from '../StageDefinition';

/** How one HTTP call of a webhook ended. */
export type WebhookAnswer =
  | {
      kind: 'answered';
      status: number;
      /** `statusCode`, `statusCodeValue`, `headers` and, when there is one, `body`. */
      written: JsonMap;
      body: Json | undefined;
    }
  | { kind: 'unreadable' | 'refused' | 'unknown-host' | 'hung'; error: string };

/** Makes one call with the headers of the stage, and writes it down as Orca does. */
export async function callWebhook(options: {
  task: TaskRun;
  url: string;
  method: string;
  body?: string;
}): Promise<WebhookAnswer> {
  const { task, url, method, body } = options;
  const hang = AbortSignal.timeout(task.timing.webhookHang);
  try {
    const response = await task.backends.fetch(url, {
      method,
      body,
      headers: headersOf(task.stage.context.customHeaders, body !== undefined),
      redirect: task.followRedirects ? 'follow' : 'manual',
      signal: AbortSignal.any([hang, task.signal]),
    });
    const text = await response.text();
    const written: JsonMap = {
      headers: shownHeaders(response.headers),
      statusCode: (STATUS_CODES[response.status] ?? 'UNKNOWN')
        .toUpperCase()
        .replace(/[^A-Z0-9]+/g, '_'),
      statusCodeValue: response.status,
    };
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    if (text === '') {
      return {
        kind: 'answered',
        status: response.status,
        written,
        body: undefined,
      };
    }
    const parsed = isJson ? parseJson(text) : text;
    if (parsed === undefined) {
      return {
        kind: 'unreadable',
        error:
          'org.springframework.web.client.RestClientException: Error while extracting response for type [class java.lang.Object] and content type [application/json]',
      };
    }
    return {
      kind: 'answered',
      status: response.status,
      written: { ...written, body: withoutNulls(parsed) },
      body: parsed,
    };
  } catch (error) {
    return networkError({ error, url, method, hung: hang.aborted });
  }
}

function networkError(options: {
  error: unknown;
  url: string;
  method: string;
  hung: boolean;
}): WebhookAnswer {
  const { error, url, method, hung } = options;
  const prefix = `org.springframework.web.client.ResourceAccessException: I/O error on ${method} request for "${url}":`;
  if (hung) {
    return {
      kind: 'hung',
      error: `${prefix} timeout; nested exception is java.net.SocketTimeoutException: timeout`,
    };
  }
  const code = codeOf(error);
  return code === 'ENOTFOUND' || code === 'EAI_AGAIN'
    ? {
        kind: 'unknown-host',
        error: `${prefix} unknown host; nested exception is java.net.UnknownHostException`,
      }
    : {
        kind: 'refused',
        error: `${prefix} ${
          code || 'connection lost'
        }; nested exception is java.net.ConnectException`,
      };
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) {
    return '';
  }
  if ('code' in error) {
    return String(error.code);
  }
  return 'cause' in error ? codeOf(error.cause) : '';
}

function headersOf(headers: Json | undefined, hasBody: boolean): Headers {
  const result = new Headers();
  if (hasBody) {
    result.set('content-type', 'application/json');
  }
  for (const [name, value] of Object.entries(
    isJsonMap(headers) ? headers : {},
  )) {
    result.set(name, Array.isArray(value) ? value.join(', ') : String(value));
  }
  return result;
}

function shownHeaders(headers: Headers): JsonMap {
  const shown: JsonMap = {};
  headers.forEach((value, name) => {
    shown[name.replace(/(^|-)[a-z]/g, letter => letter.toUpperCase())] = value;
  });
  return shown;
}

function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Orca leaves fields out that are null. */
function withoutNulls(value: Json): Json {
  return isJsonMap(value)
    ? Object.fromEntries(
        Object.entries(value).filter(([, field]) => field !== null),
      )
    : value;
}
