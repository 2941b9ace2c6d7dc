// SPDX-License-Identifier: Apache-2.0

/** An image reference, taken apart. */
export interface ImageReference {
  /** Registry and repository, without tag and digest. */
  name: string;
  tag?: string;
  digest?: string;
}

const DIGEST = /sha256:[0-9a-f]{64}/;

/**
 * Takes an image reference apart: `registry:5000/team/shop:1.2@sha256:…`.
 *
 * @remarks
 * Also reads what runtimes report as `imageID`, with or without a `docker-pullable://` prefix,
 * and an id that is nothing but a digest.
 */
export function parseImage(reference: string): ImageReference {
  const text = reference.replace(/^[a-z-]+:\/\//, '').slice(0, 600);
  const digest = DIGEST.exec(text)?.[0];
  const [beforeDigest] = text.split('@');
  const name = beforeDigest.startsWith('sha256:') ? '' : beforeDigest;
  const colon = name.indexOf(':', name.lastIndexOf('/') + 1);
  const tag = colon === -1 ? '' : name.slice(colon + 1);
  return {
    name: (colon === -1 ? name : name.slice(0, colon)).slice(0, 400),
    ...(tag === '' ? {} : { tag: tag.slice(0, 128) }),
    ...(digest === undefined ? {} : { digest }),
  };
}

/**
 * What a container runs: the digest its spec names, else the one its node reports.
 *
 * @remarks
 * The name is always the spec's, because runtimes rewrite it. While an image is pulled there
 * is no digest yet. An id without a repository is that of the image's configuration, which is
 * not what a registry calls its digest.
 */
export function runningImage(options: {
  specImage: string;
  imageId?: string;
}): ImageReference {
  const wanted = parseImage(options.specImage);
  const { imageId = '' } = options;
  const reported = imageId.includes('@')
    ? parseImage(imageId).digest
    : undefined;
  const digest = wanted.digest ?? reported;
  return digest === undefined ? wanted : { ...wanted, digest };
}
