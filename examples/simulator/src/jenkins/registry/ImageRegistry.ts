// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { JsonFile } from '../../storage/JsonFile';
import { ImageReference, imageReference, taggedName } from './imageReference';

const countsSchema = z.object({
  critical: z.number().int().min(0),
  high: z.number().int().min(0),
  medium: z.number().int().min(0),
  low: z.number().int().min(0),
});
/** Findings of a scan by severity. */
export type FindingCounts = z.infer<typeof countsSchema>;

const imageSchema = z.object({
  digest: z.string(),
  /** What it was built on. */
  baseDigest: z.string().optional(),
  /** How its health check ends; absent when it has none. */
  health: z.enum(['healthy', 'unhealthy']).optional(),
});
/** An image as far as anybody here asks about it. */
export type StoredImage = z.infer<typeof imageSchema>;

const baseSchema = z.object({
  generation: z.number().int().min(0),
  publishedAt: z.string(),
});

const stateSchema = z.object({
  /** By tagged name: what was pushed. */
  pushed: z.record(z.string(), imageSchema),
  /** By tagged name: what the agent has built or pulled. */
  local: z.record(z.string(), imageSchema),
  /** By tagged name: base images that were published anew. */
  bases: z.record(z.string(), baseSchema),
  /** By digest: findings that were chosen rather than derived. */
  findings: z.record(z.string(), countsSchema),
  /** By name: what runs on the agent. */
  containers: z.record(z.string(), imageSchema),
});

const MAX_LOCAL = 200;

/**
 * The image registries of the simulated world and the image store of its one build agent.
 *
 * @remarks
 * Own images exist once they were pushed. Of all other registries every well-formed tag
 * exists, with a digest that depends on the name and on how often it was published anew.
 */
export class ImageRegistry {
  readonly #file: JsonFile<z.infer<typeof stateSchema>>;
  readonly #ownPrefix: string;

  private constructor(
    file: JsonFile<z.infer<typeof stateSchema>>,
    ownPrefix: string,
  ) {
    this.#file = file;
    this.#ownPrefix = ownPrefix;
  }

  /** Opens a registry; `ownPrefix` is where builds push to, such as `registry.test/acme`. */
  static open(options: { file: string; ownPrefix: string }): ImageRegistry {
    const file = JsonFile.open({
      file: options.file,
      schema: stateSchema,
      initial: {
        pushed: {},
        local: {},
        bases: {},
        findings: {},
        containers: {},
      },
    });
    return new ImageRegistry(file, options.ownPrefix);
  }

  /** What a reference names in its registry; undefined when there is no such image. */
  find(reference: string): StoredImage | undefined {
    const parsed = imageReference(reference);
    if (this.#isOwn(parsed)) {
      const { pushed } = this.#file.value;
      return parsed.digest
        ? Object.values(pushed).find(image => image.digest === parsed.digest)
        : pushed[taggedName(parsed)];
    }
    if (parsed.tag.includes('does-not-exist')) {
      return undefined;
    }
    const digest = parsed.digest ?? this.#baseDigest(taggedName(parsed));
    return { digest, baseDigest: digest };
  }

  /** What the agent has under a name, without asking a registry. */
  findLocal(reference: string): StoredImage | undefined {
    return this.#file.value.local[taggedName(imageReference(reference))];
  }

  /** Puts an image into the agent's store. */
  keepLocal(reference: string, image: StoredImage): void {
    const key = taggedName(imageReference(reference));
    const others = Object.entries(this.#file.value.local).filter(
      ([name]) => name !== key,
    );
    const local = Object.fromEntries([
      ...others.slice(-(MAX_LOCAL - 1)),
      [key, image],
    ]);
    this.#file.write({ ...this.#file.value, local });
  }

  /**
   * Pushes what the agent has under a name.
   *
   * @throws Error in docker's words when it has none, or may not push there.
   */
  push(reference: string): StoredImage {
    const parsed = imageReference(reference);
    const image = this.findLocal(reference);
    if (!image) {
      throw new Error(
        `An image does not exist locally with the tag: ${parsed.name}`,
      );
    }
    if (!this.#isOwn(parsed)) {
      throw new Error('denied: requested access to the resource is denied');
    }
    const { value } = this.#file;
    const pushed = { ...value.pushed, [taggedName(parsed)]: image };
    this.#file.write({ ...value, pushed });
    return image;
  }

  /** Names of what was pushed, with digests. */
  pushed(): { name: string; digest: string }[] {
    return Object.entries(this.#file.value.pushed).map(([name, image]) => ({
      name,
      digest: image.digest,
    }));
  }

  /** Gives a base image new content, so that its tag names another digest from now on. */
  publishBase(options: {
    reference: string;
    at: Date;
    findings?: FindingCounts;
  }): { digest: string; previous: string } {
    const key = taggedName(imageReference(options.reference));
    const { value } = this.#file;
    const previous = this.#baseDigest(key);
    const generation = (value.bases[key]?.generation ?? 0) + 1;
    const bases = {
      ...value.bases,
      [key]: { generation, publishedAt: options.at.toISOString() },
    };
    this.#file.write({ ...value, bases });
    const digest = this.#baseDigest(key);
    if (options.findings) {
      const findings = {
        ...this.#file.value.findings,
        [digest]: options.findings,
      };
      this.#file.write({ ...this.#file.value, findings });
    }
    return { digest, previous };
  }

  /** What a scan finds in an image: it depends on the base image alone. */
  findings(image: StoredImage): FindingCounts {
    const digest = image.baseDigest ?? image.digest;
    const chosen = this.#file.value.findings[digest];
    if (chosen) {
      return chosen;
    }
    const byte = (index: number) =>
      createHash('sha256').update(`findings:${digest}`).digest()[index];
    return {
      critical: 0,
      high: byte(0) % 3,
      medium: 1 + (byte(1) % 6),
      low: 2 + (byte(2) % 11),
    };
  }

  /** Starts a container. */
  run(name: string, image: StoredImage): void {
    const { value } = this.#file;
    const containers = { ...value.containers, [name]: image };
    this.#file.write({ ...value, containers });
  }

  /** What runs under a name. */
  container(name: string): StoredImage | undefined {
    return this.#file.value.containers[name];
  }

  /** Removes a container; says whether there was one. */
  remove(name: string): boolean {
    const { [name]: gone, ...containers } = this.#file.value.containers;
    this.#file.write({ ...this.#file.value, containers });
    return gone !== undefined;
  }

  #isOwn(reference: ImageReference): boolean {
    return reference.name.startsWith(`${this.#ownPrefix}/`);
  }

  #baseDigest(key: string): string {
    const generation = this.#file.value.bases[key]?.generation ?? 0;
    return sha256(`base image ${key} generation ${generation}`);
  }
}

/** A digest of text. */
export function sha256(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}
