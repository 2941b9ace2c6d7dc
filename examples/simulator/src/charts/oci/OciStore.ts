// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { JsonFile } from '../../storage/JsonFile';

const manifestRecord = z.object({
  repository: z.string(),
  digest: z.string(),
  mediaType: z.string(),
  tags: z.array(z.string()),
});

/** A manifest that the registry holds, by the tags that name it. */
export type ManifestRecord = z.infer<typeof manifestRecord>;

/** What an OCI registry keeps: blobs and manifests by their digests, and tags that never move. */
export class OciStore {
  readonly #directory: string;
  readonly #index: JsonFile<ManifestRecord[]>;

  private constructor(directory: string, index: JsonFile<ManifestRecord[]>) {
    this.#directory = directory;
    this.#index = index;
  }

  /** Opens the store in a folder, which is made once it is needed. */
  static open(directory: string): OciStore {
    return new OciStore(
      directory,
      JsonFile.open({
        file: join(directory, 'index.json'),
        schema: z.array(manifestRecord),
        initial: [],
      }),
    );
  }

  /** The bytes with that digest in a repository, if it has them. */
  read(repository: string, digest: string): Buffer | undefined {
    const file = this.#file(repository, digest);
    return existsSync(file) ? readFileSync(file) : undefined;
  }

  /** Keeps bytes in a repository and answers their digest. */
  keep(repository: string, bytes: Uint8Array): string {
    const digest = digestOf(bytes);
    const file = this.#file(repository, digest);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, bytes);
    renameSync(`${file}.new`, file);
    return digest;
  }

  /** The manifest that a tag or a digest names, if there is one. */
  manifest(repository: string, reference: string): ManifestRecord | undefined {
    return this.#index.value.find(
      one =>
        one.repository === repository &&
        (one.digest === reference || one.tags.includes(reference)),
    );
  }

  /** Keeps a manifest, under a tag as well when one is given. */
  keepManifest(options: {
    repository: string;
    bytes: Uint8Array;
    mediaType: string;
    tag?: string;
  }): ManifestRecord {
    const { repository, bytes, mediaType, tag } = options;
    const digest = this.keep(repository, bytes);
    const known = this.manifest(repository, digest);
    const kept = {
      repository,
      digest,
      mediaType,
      tags: [...new Set([...(known?.tags ?? []), ...(tag ? [tag] : [])])],
    };
    this.#index.write([
      ...this.#index.value.filter(one => one !== known),
      kept,
    ]);
    return kept;
  }

  /** The tags of a repository, in order; undefined when there is no such repository. */
  tags(repository: string): string[] | undefined {
    const found = this.#index.value.filter(
      one => one.repository === repository,
    );
    return found.length > 0
      ? found.flatMap(({ tags }) => tags).sort()
      : undefined;
  }

  #file(repository: string, digest: string): string {
    return join(this.#directory, repository, digest.replace(':', '-'));
  }
}

/** The digest of bytes, as registries write it. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
