// SPDX-License-Identifier: Apache-2.0

/** A reference to an image, taken apart and completed as docker does. */
export type ImageReference = {
  /** Registry and path: `docker.io/library/node`. */
  name: string;
  tag: string;
  /** Given when the reference pins one. */
  digest?: string;
};

/**
 * Reads a reference such as `node:24`, `localhost:5000/a/b:1` or `node:24@sha256:…`.
 *
 * @throws Error in docker's words when it is none.
 */
export function imageReference(text: string): ImageReference {
  const [rest, digest] = text.split('@');
  const slash = rest.lastIndexOf('/');
  const colon = rest.indexOf(':', slash + 1);
  const path = colon < 0 ? rest : rest.slice(0, colon);
  const tag = colon < 0 ? 'latest' : rest.slice(colon + 1);
  if (
    !/^[a-z0-9]([a-z0-9._:/-]*[a-z0-9])?$/.test(path) ||
    !/^\w[\w.-]{0,127}$/.test(tag) ||
    (digest !== undefined && !/^sha256:[0-9a-f]{64}$/.test(digest))
  ) {
    throw new Error(`invalid reference format: "${text}"`);
  }
  const [first] = path.split('/');
  const hasHost =
    path.includes('/') && (/[.:]/.test(first) || first === 'localhost');
  const completed = path.includes('/') ? path : `library/${path}`;
  return {
    name: hasHost ? path : `docker.io/${completed}`,
    tag,
    ...(digest ? { digest } : {}),
  };
}

/** The completed form without the digest: `docker.io/library/node:24`. */
export function taggedName(reference: ImageReference): string {
  return `${reference.name}:${reference.tag}`;
}
