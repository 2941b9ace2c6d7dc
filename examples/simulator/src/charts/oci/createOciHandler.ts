// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '../../parseJson';
import { chartManifestSchema } from './chartManifestSchema';
import { helmMediaTypes } from './helmMediaTypes';
import { digestOf, OciStore } from './OciStore';

const DIGEST = 'sha256:[0-9a-f]{64}';
const NAME = '[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*';
const PATHS = {
  uploads: new RegExp(`^/v2/(${NAME})/blobs/uploads/()$`),
  upload: new RegExp(`^/v2/(${NAME})/blobs/uploads/([0-9a-f-]{36})$`),
  blob: new RegExp(`^/v2/(${NAME})/blobs/(${DIGEST})$`),
  manifest: new RegExp(
    `^/v2/(${NAME})/manifests/(${DIGEST}|\\w[\\w.-]{0,127})$`,
  ),
  tags: new RegExp(`^/v2/(${NAME})/tags/list()$`),
};

/** What is asked of a repository: one of its parts, or all of its tags. */
type Asked = { url: URL; request: Request; repository: string; part: string };
type Answer = (asked: Asked) => Response | Promise<Response>;

/**
 * Answers the requests of OCI's distribution protocol that Helm makes: uploads in one or
 * several pieces, manifests by tag and digest, tags. A tag, once there, never moves.
 */
export function createOciHandler(options: {
  store: OciStore;
  /** Whether somebody may log in and write; reading is for everybody. */
  mayWrite(request: Request): boolean;
  log(message: string): void;
}): (request: Request) => Promise<Response | undefined> {
  const { store, mayWrite, log } = options;
  const uploads = new Map<string, { repository: string; bytes: Buffer }>();

  const finish = (asked: Asked, bytes: Buffer): Response => {
    const { repository, url } = asked;
    const digest = url.searchParams.get('digest') ?? '';
    if (digest !== digestOf(bytes)) {
      return refused(400, 'DIGEST_INVALID', 'the bytes have another digest');
    }
    store.keep(repository, bytes);
    return created(`/v2/${repository}/blobs/${digest}`, digest);
  };

  const startUpload: Answer = async asked => {
    const { url, request, repository } = asked;
    if (url.searchParams.has('digest')) {
      return finish(asked, await bytesOf(request));
    }
    const id = randomUUID();
    uploads.set(id, { repository, bytes: Buffer.alloc(0) });
    return uploading(repository, id, 0);
  };

  /** Adds the bytes of a request to an upload, and goes on with all of them. */
  const addTo =
    (then: (asked: Asked, bytes: Buffer) => Response): Answer =>
    async asked => {
      const { repository, part, request } = asked;
      const upload = uploads.get(part);
      if (upload?.repository !== repository) {
        return refused(404, 'BLOB_UPLOAD_UNKNOWN', 'there is no such upload');
      }
      const bytes = Buffer.concat([upload.bytes, await bytesOf(request)]);
      return then(asked, bytes);
    };

  const readBlob: Answer = ({ repository, part }) => {
    const bytes = store.read(repository, part);
    return bytes
      ? content(bytes, { digest: part, type: 'application/octet-stream' })
      : refused(404, 'BLOB_UNKNOWN', 'blob unknown to registry');
  };

  const readManifest: Answer = ({ repository, part }) => {
    const found = store.manifest(repository, part);
    const bytes = found && store.read(repository, found.digest);
    return bytes
      ? content(bytes, { digest: found.digest, type: found.mediaType })
      : refused(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
  };

  const writeManifest: Answer = async ({ repository, part, request }) => {
    const bytes = await bytesOf(request);
    const digest = digestOf(bytes);
    const tag = part.startsWith('sha256:') ? undefined : part;
    const parsed = chartManifestSchema.safeParse(
      parseJson(bytes.toString('utf8')),
    );
    if (!parsed.success) {
      const why = z.prettifyError(parsed.error).replaceAll('\n', ' ');
      return refused(400, 'MANIFEST_INVALID', `not of a Helm chart: ${why}`);
    }
    const { config, layers } = parsed.data;
    if (![config, ...layers].every(one => store.read(repository, one.digest))) {
      return refused(400, 'MANIFEST_BLOB_UNKNOWN', 'a blob is not there');
    }
    if (!tag && part !== digest) {
      return refused(400, 'DIGEST_INVALID', 'the manifest has another digest');
    }
    const there = store.manifest(repository, part);
    if (there && there.digest !== digest) {
      return refused(
        403,
        'DENIED',
        `${repository}:${part} exists already and is never overwritten`,
      );
    }
    const mediaType =
      request.headers.get('content-type') ?? helmMediaTypes.manifest;
    store.keepManifest({ repository, bytes, mediaType, tag });
    log(`Took in chart ${repository}:${part}`);
    return created(`/v2/${repository}/manifests/${digest}`, digest);
  };

  const listTags: Answer = ({ repository }) => {
    const tags = store.tags(repository);
    return tags
      ? Response.json({ name: repository, tags })
      : refused(404, 'NAME_UNKNOWN', 'repository name not known to registry');
  };

  const routes: [method: string, path: RegExp, answer: Answer][] = [
    ['POST', PATHS.uploads, startUpload],
    [
      'PATCH',
      PATHS.upload,
      addTo(({ repository, part }, bytes) => {
        uploads.set(part, { repository, bytes });
        return uploading(repository, part, bytes.length);
      }),
    ],
    [
      'PUT',
      PATHS.upload,
      addTo((asked, bytes) => {
        uploads.delete(asked.part);
        return finish(asked, bytes);
      }),
    ],
    ['GET', PATHS.blob, readBlob],
    ['GET', PATHS.manifest, readManifest],
    ['PUT', PATHS.manifest, writeManifest],
    ['GET', PATHS.tags, listTags],
  ];

  return async request => {
    const url = new URL(request.url);
    const path = url.pathname;
    if (!/^\/v2(\/|$)/.test(path)) {
      return undefined;
    }
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const isLogin = /^\/v2\/?$/.test(path);
    if ((isLogin || !reads) && !mayWrite(request)) {
      return refused(401, 'UNAUTHORIZED', 'authentication required', {
        'www-authenticate': 'Basic realm="charts"',
      });
    }
    if (isLogin && reads) {
      return Response.json({});
    }
    for (const [method, pattern, answer] of routes) {
      const match =
        method === (reads ? 'GET' : request.method) && pattern.exec(path);
      if (match) {
        const [, repository, part] = match;
        return answer({ url, request, repository, part });
      }
    }
    return refused(404, 'UNSUPPORTED', 'the operation is unsupported');
  };
}

async function bytesOf(request: Request): Promise<Buffer> {
  return Buffer.from(await request.arrayBuffer());
}

function content(
  bytes: Uint8Array,
  { digest, type }: { digest: string; type: string },
): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': type,
      'content-length': String(bytes.length),
      'docker-content-digest': digest,
    },
  });
}

function created(location: string, digest: string): Response {
  return new Response(undefined, {
    status: 201,
    headers: { location, 'docker-content-digest': digest },
  });
}

function uploading(repository: string, id: string, size: number): Response {
  return new Response(undefined, {
    status: 202,
    headers: {
      location: `/v2/${repository}/blobs/uploads/${id}`,
      range: `0-${Math.max(0, size - 1)}`,
      'docker-upload-uuid': id,
    },
  });
}

function refused(
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): Response {
  return Response.json({ errors: [{ code, message }] }, { status, headers });
}
