// SPDX-License-Identifier: Apache-2.0
import { randomUUID } from 'node:crypto';
import { GateReply } from './GateReply';

/** Turns what a route answered into a response, with the header every answer of Gate has. */
export function toResponse(reply: GateReply): Response {
  const headers = new Headers({
    'x-spinnaker-request-id': randomUUID(),
    ...reply.headers,
  });
  if (reply.body === undefined) {
    return new Response(undefined, { status: reply.status, headers });
  }
  if (!headers.has('content-type')) {
    headers.set('content-type', 'application/json;charset=UTF-8');
  }
  return new Response(JSON.stringify(reply.body), {
    status: reply.status,
    headers,
  });
}
