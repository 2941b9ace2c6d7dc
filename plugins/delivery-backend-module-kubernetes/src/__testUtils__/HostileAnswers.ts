// SPDX-License-Identifier: Apache-2.0
import type { ServerResponse } from 'node:http';
import { hostileText } from './hostileText';

/** So many changes are told before the one that cannot be understood. */
const LINES = 20;

/** An item of a list that has a megabyte. */
const MEGABYTE = Buffer.from(`"${'x'.repeat(1024 * 1024)}",`);

const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const json = (response: ServerResponse, body: string, status = 200) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
};

/** Writes a list of so many megabytes, no faster than they are read. */
function flood(response: ServerResponse, megabytes: number): void {
  let left = megabytes;
  response.write('{"items":[');
  const pour = () => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(MEGABYTE)) {
        response.once('drain', pour);
        return;
      }
    }
    response.end();
  };
  pour();
}

/** Single bodies that no list and no watch may begin with, and what is said of them. */
export const HOSTILE_BODIES: {
  [name: string]: {
    answer(response: ServerResponse): void;
    reason: string | RegExp;
  };
} = {
  'a page of a proxy': {
    answer: response => json(response, '<html>Sign in first</html>'),
    reason: 'The cluster sent something that is no JSON',
  },
  'half a list': {
    answer: response => json(response, '{"metadata":{"resourceVersion":"1"}'),
    reason: 'The cluster sent something that is no JSON',
  },
  nothing: {
    answer: response => json(response, 'null'),
    reason: 'The cluster answered with no list',
  },
  'a list in a prototype': {
    answer: response =>
      json(
        response,
        '{"__proto__":{"metadata":{"resourceVersion":"9"},"items":[],"polluted":"yes"}}',
      ),
    reason: 'The cluster answered with no list',
  },
  'items that only look like a list': {
    answer: response =>
      json(
        response,
        '{"metadata":{"resourceVersion":"9"},"items":{"length":4294967295}}',
      ),
    reason: 'The cluster answered with no list',
  },
  'a list without an end': {
    answer: response =>
      json(
        response,
        '{"metadata":{"resourceVersion":"9","continue":"again"},"items":[]}',
      ),
    reason: 'The list of the cluster has no end',
  },
  'lists in lists in lists': {
    answer: response => json(response, deep(200_000)),
    reason: 'The cluster answered with no list',
  },
  'more than a page': {
    answer: response => flood(response, 66),
    reason: 'The cluster sent a page of more than 64 MB',
  },
  'what is said to be zipped': {
    answer: response =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('{"items":'),
    reason: /^The connection to the cluster broke/,
  },
  'less than was promised': {
    answer: response => {
      response.writeHead(200, { 'content-length': '5000' });
      response.write('{"items":[', () => response.destroy());
    },
    reason: /^The (cluster cut the connection|connection to the cluster broke)/,
  },
  'a long complaint': {
    answer: response =>
      json(response, JSON.stringify({ message: 'x'.repeat(100_000) }), 500),
    reason: `The cluster answered 500: ${'x'.repeat(200)}`,
  },
};

/** Ends of a watch that cannot be understood. */
const LAST_LINES = [
  '{"type":"MODIFIED","object":{"metadata"\n',
  '{"type":"ODD","object":{"metadata":{"resourceVersion":"7"}}}\n',
  '{"__proto__":{"type":"BOOKMARK"}}\n',
  '[]\n',
  'null\n',
  `${deep(50_000)}\n`,
  '{"type":"ERROR","object":{"code":"500","message":{"toString":1}}}\n',
];

/**
 * Lies in a cluster's place: lists that are none, objects made up, changes that
 * nobody can understand.
 */
export class HostileAnswers {
  /** How many bodies were sent so far: lists, and changes of watches. */
  sent = 0;
  readonly #random: (limit: number) => number;
  #version = 1_000;

  constructor(random: (limit: number) => number) {
    this.#random = random;
  }

  /** Answers one request. */
  answer(watching: boolean, response: ServerResponse): void {
    if (watching) {
      this.#tellLies(response);
      return;
    }
    const random = this.#random;
    this.sent += 1;
    const names = Object.keys(HOSTILE_BODIES);
    const place = random(names.length * 3);
    const single = HOSTILE_BODIES[names[place]];
    // the largest now and then only, as it takes the longest
    if (
      single &&
      (place !== names.indexOf('more than a page') || random(40) === 0)
    ) {
      single.answer(response);
    } else if (random(8) === 0) {
      json(response, hostileText(random));
    } else {
      const items = Array.from({ length: random(5) }, () => this.#object());
      this.sent += items.length;
      json(
        response,
        `{"metadata":{"resourceVersion":"${
          this.#version
        }"},"items":[${items.join(',')}],"__proto__":{"polluted":"yes"}}`,
      );
    }
  }

  #tellLies(response: ServerResponse): void {
    const random = this.#random;
    response.writeHead(200, { 'content-type': 'application/json' });
    for (let line = 0; line < LINES; line += 1) {
      const type = ['ADDED', 'MODIFIED', 'DELETED'][random(3)];
      response.write(`{"type":"${type}","object":${this.#object()}}\n`);
    }
    this.sent += LINES + 1;
    response.end(
      random(200) === 0
        ? `${'y'.repeat(3 * 1024 * 1024 + 1)}\n`
        : LAST_LINES[random(LAST_LINES.length)],
    );
  }

  /** An object with an identity that lets it in, and nothing else that is right. */
  #object(): string {
    const random = this.#random;
    this.#version += 1;
    const namespace = ['orders-prod', 'elsewhere', '__proto__'][random(3)];
    const identity = `"uid":"u${random(
      500,
    )}","name":"n","namespace":"${namespace}","resourceVersion":"${
      this.#version
    }"`;
    const labels =
      random(2) === 0
        ? '{"backstage.io/kubernetes-id":"orders"}'
        : hostileText(random);
    return `{"metadata":{${identity},"labels":${labels},"ownerReferences":${hostileText(
      random,
    )}},"spec":${hostileText(random)},"status":${hostileText(
      random,
    )},"__proto__":{"polluted":"yes"}}`;
  }
}
