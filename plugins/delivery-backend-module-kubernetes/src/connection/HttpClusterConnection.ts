// SPDX-License-Identifier: Apache-2.0
import * as http from 'node:http';
import * as https from 'node:https';
import { createGunzip } from 'node:zlib';
import { isError } from '@backstage/errors';
import type { ClusterSettings } from '../config/ClusterSettings';
import type {
  ClusterConnection,
  GetOptions,
  OpenAnswer,
} from './ClusterConnection';
import type { ClusterCredentials } from './ClusterCredentials';
import { ClusterError } from './ClusterError';
import { tokenOfFile } from './tokenOfFile';
import { inClusterCredentials } from './inClusterCredentials';

/** Talks to an API server over HTTP, with the token of a service account. */
export class HttpClusterConnection implements ClusterConnection {
  readonly #settings: ClusterSettings;
  readonly #agent: http.Agent;
  #credentials?: Promise<ClusterCredentials>;

  constructor(settings: ClusterSettings) {
    this.#settings = settings;
    const secure = settings.url.startsWith('https:');
    this.#agent = secure
      ? new https.Agent({ keepAlive: true })
      : new http.Agent({ keepAlive: true });
  }

  async get(path: string, options: GetOptions): Promise<OpenAnswer> {
    const { ca, token } = await this.#load();
    const bearer = await token().catch(error => {
      throw new ClusterError('refused', isError(error) ? error.message : '');
    });
    const { url, skipTlsVerify } = this.#settings;
    const request = (url.startsWith('https:') ? https : http).request(
      `${url}${path}`,
      {
        agent: this.#agent,
        signal: options.signal,
        ca,
        rejectUnauthorized: !skipTlsVerify,
        headers: {
          accept: 'application/json',
          'accept-encoding': options.compressed ? 'gzip' : 'identity',
          'user-agent': 'delivery-for-backstage',
          ...(bearer ? { authorization: `Bearer ${bearer}` } : {}),
        },
      },
    );
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        request.destroy(
          new ClusterError(
            'silent',
            `The cluster did not answer within ${
              options.answerWithinMs / 1000
            } seconds`,
          ),
        );
      }, options.answerWithinMs);
      request.once('response', response => {
        clearTimeout(late);
        resolve(openAnswer(response));
      });
      // stays for the life of the request, so that a late error is never unheard
      request.on('error', error => {
        clearTimeout(late);
        reject(toClusterError(error));
      });
      request.end();
    });
  }

  #load(): Promise<ClusterCredentials> {
    this.#credentials ??= this.#findCredentials().catch(error => {
      this.#credentials = undefined;
      throw new ClusterError('refused', isError(error) ? error.message : '');
    });
    return this.#credentials;
  }

  async #findCredentials(): Promise<ClusterCredentials> {
    const { ca, serviceAccountToken, serviceAccountTokenFile } = this.#settings;
    if (serviceAccountToken !== undefined) {
      return { ca, token: async () => serviceAccountToken };
    }
    if (serviceAccountTokenFile !== undefined) {
      return { ca, token: tokenOfFile(serviceAccountTokenFile) };
    }
    const own = await inClusterCredentials();
    return { ...own, ca: ca ?? own.ca };
  }
}

function openAnswer(response: http.IncomingMessage): OpenAnswer {
  const zipped = response.headers['content-encoding'] === 'gzip';
  const source = zipped ? response.pipe(createGunzip()) : response;
  if (zipped) {
    response.once('error', error => source.destroy(error));
    response.once('aborted', () =>
      source.destroy(new Error('the connection broke')),
    );
  }
  return {
    status: response.statusCode ?? 0,
    body: readBody(source),
    close: () => {
      response.destroy();
      source.destroy();
    },
  };
}

async function* readBody(
  source: AsyncIterable<unknown>,
): AsyncIterable<Uint8Array> {
  try {
    for await (const piece of source) {
      if (piece instanceof Uint8Array) {
        yield piece;
      }
    }
  } catch (error) {
    throw toClusterError(error);
  }
}

const SAID: { [code: string]: string } = {
  ECONNREFUSED: 'The cluster refuses connections',
  ECONNRESET: 'The cluster cut the connection',
  ENOTFOUND: 'The name of the cluster is not known',
  EAI_AGAIN: 'The name of the cluster cannot be looked up now',
  ETIMEDOUT: 'The cluster cannot be reached in time',
  EHOSTUNREACH: 'There is no way to the cluster',
  CERT_HAS_EXPIRED: "The cluster's certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT:
    "The cluster's certificate is signed by itself; set caData",
  SELF_SIGNED_CERT_IN_CHAIN:
    "The cluster's certificate is signed by an authority that is not trusted; set caData",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    "The cluster's certificate is signed by an authority that is not trusted; set caData",
  ERR_TLS_CERT_ALTNAME_INVALID: "The cluster's certificate is for another name",
};

function toClusterError(error: unknown): ClusterError {
  if (error instanceof ClusterError) {
    return error;
  }
  const code = isError(error) ? String(error.code ?? '') : '';
  return new ClusterError(
    'unreachable',
    SAID[code] ??
      `The connection to the cluster broke${code ? ` (${code})` : ''}`,
  );
}
