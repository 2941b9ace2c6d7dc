// SPDX-License-Identifier: Apache-2.0
import { chartManifestSchema } from '../../charts/oci/chartManifestSchema';
import { helmMediaTypes } from '../../charts/oci/helmMediaTypes';
import { digestOf } from '../../charts/oci/OciStore';
import type { ChartMetadata } from '../../charts/readChartMetadata';

/** Where the charts of an OCI registry are, and how it is asked. */
export interface OciAddress {
  /** Such as `registry.example.com:5000`. */
  host: string;
  /** The path of the chart's repository. */
  repository: string;
  plainHttp: boolean;
  /** The value of an Authorization header, for somebody who is logged in. */
  authorization?: string;
}

/** The charts in one repository of an OCI registry, as Helm reads and writes them. */
export class OciCharts {
  readonly #address: OciAddress;

  constructor(address: OciAddress) {
    this.#address = address;
  }

  /**
   * The package of a version, and the digest of its manifest.
   *
   * @throws Error in Helm's words when the registry has no such version.
   */
  async pull(version: string): Promise<{ bytes: Buffer; digest: string }> {
    const { host, repository } = this.#address;
    const tag = tagOf(version);
    const answer = await this.#ask('GET', `/manifests/${tag}`, {
      headers: { accept: helmMediaTypes.manifest },
    });
    if (answer.status === 404) {
      throw new Error(`${host}/${repository}:${tag}: not found`);
    }
    const manifest = Buffer.from(await accepted(answer).arrayBuffer());
    const { layers } = chartManifestSchema.parse(
      JSON.parse(manifest.toString('utf8')),
    );
    const layer = layers.find(
      ({ mediaType }) => mediaType === helmMediaTypes.chart,
    );
    const blob = await this.#ask('GET', `/blobs/${layer?.digest}`);
    const bytes = Buffer.from(await accepted(blob).arrayBuffer());
    if (digestOf(bytes) !== layer?.digest) {
      throw new Error(`${host} gave other bytes than ${layer?.digest}`);
    }
    return { bytes, digest: digestOf(manifest) };
  }

  /** Uploads a package under its version; answers the digest of the manifest. */
  async push(chart: {
    bytes: Buffer;
    metadata: ChartMetadata;
  }): Promise<string> {
    const { bytes, metadata } = chart;
    const config = Buffer.from(JSON.stringify(metadata));
    const manifest = Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        config: await this.#upload(config, helmMediaTypes.config),
        layers: [await this.#upload(bytes, helmMediaTypes.chart)],
        annotations: {
          'org.opencontainers.image.title': metadata.name,
          'org.opencontainers.image.version': metadata.version,
        },
      }),
    );
    accepted(
      await this.#ask('PUT', `/manifests/${tagOf(metadata.version)}`, {
        headers: { 'content-type': helmMediaTypes.manifest },
        body: new Uint8Array(manifest),
      }),
    );
    return digestOf(manifest);
  }

  async #upload(
    bytes: Buffer,
    mediaType: string,
  ): Promise<{ mediaType: string; digest: string; size: number }> {
    const digest = digestOf(bytes);
    const known = await this.#ask('HEAD', `/blobs/${digest}`);
    if (!known.ok) {
      const started = accepted(await this.#ask('POST', '/blobs/uploads/'));
      const location = new URL(
        started.headers.get('location') ?? '',
        this.#origin,
      );
      location.searchParams.set('digest', digest);
      accepted(
        await this.#fetch('PUT', location, {
          headers: { 'content-type': 'application/octet-stream' },
          body: new Uint8Array(bytes),
        }),
      );
    }
    return { mediaType, digest, size: bytes.length };
  }

  get #origin(): string {
    const { host, plainHttp } = this.#address;
    return `${plainHttp ? 'http' : 'https'}://${host}`;
  }

  #ask(method: string, path: string, init: RequestInit = {}) {
    const { repository } = this.#address;
    return this.#fetch(
      method,
      new URL(`/v2/${repository}${path}`, this.#origin),
      init,
    );
  }

  async #fetch(method: string, url: URL, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.#address.authorization) {
      headers.set('authorization', this.#address.authorization);
    }
    return fetch(url, { ...init, method, headers });
  }
}

/** A version as a tag, which has no place for a plus sign. */
function tagOf(version: string): string {
  return version.replaceAll('+', '_');
}

function accepted(answer: Response): Response {
  if (!answer.ok) {
    throw new Error(
      `${new URL(answer.url).pathname}: response status code ${
        answer.status
      }: ${answer.statusText}`,
    );
  }
  return answer;
}
