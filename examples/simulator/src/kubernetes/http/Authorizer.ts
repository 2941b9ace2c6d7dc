// SPDX-License-Identifier: Apache-2.0
import { ApiError } from '../model/ApiError';
import { qualifiedResource, type ResourceKind } from '../model/ResourceKind';

/** What a token may do, in the words of a Role; `*` stands for all. */
export interface AccessRule {
  apiGroups: string[];
  /** Plurals, also `pods/log` for a subresource. */
  resources: string[];
  verbs: string[];
  /** The namespaces the rule holds in; everywhere when absent. */
  namespaces?: string[];
}

/** A bearer token that the server accepts. */
export interface AccessToken {
  token: string;
  /** The name of its user, shown in refusals. */
  user: string;
  /** What it may do; everything when absent. */
  rules?: AccessRule[];
}

/** One request in the words of a rule. */
export interface AccessRequest {
  verb: string;
  kind: ResourceKind;
  subresource?: string;
  namespace?: string;
  name?: string;
}

/** Says who a bearer token is and what it may do. */
export class Authorizer {
  readonly #tokens: Map<string, AccessToken>;

  constructor(tokens: readonly AccessToken[]) {
    this.#tokens = new Map(tokens.map(token => [token.token, token]));
  }

  /**
   * Who sends the request.
   *
   * @throws ApiError 401 without a known bearer token.
   */
  authenticate(authorization: string | undefined): AccessToken {
    const match = /^Bearer (.+)$/i.exec(authorization ?? '');
    const token = match ? this.#tokens.get(match[1].trim()) : undefined;
    if (!token) {
      throw ApiError.unauthorized();
    }
    return token;
  }

  /** Makes a token unknown from now on, as when it expired. */
  revoke(token: string): void {
    this.#tokens.delete(token);
  }

  /** Accepts one more token. */
  accept(token: AccessToken): void {
    this.#tokens.set(token.token, token);
  }

  /** Whether the rules of a token cover a request. */
  allows(token: AccessToken, request: AccessRequest): boolean {
    const resource = request.subresource
      ? `${request.kind.resource}/${request.subresource}`
      : request.kind.resource;
    return (
      token.rules === undefined ||
      token.rules.some(
        rule =>
          includes(rule.apiGroups, request.kind.group) &&
          includes(rule.resources, resource) &&
          includes(rule.verbs, request.verb) &&
          (rule.namespaces === undefined ||
            (request.namespace !== undefined &&
              includes(rule.namespaces, request.namespace))),
      )
    );
  }

  /**
   * Lets a request pass or refuses it.
   *
   * @throws ApiError 403 with the real server's sentence.
   */
  require(token: AccessToken, request: AccessRequest): void {
    if (this.allows(token, request)) {
      return;
    }
    const { kind, verb, namespace, name = '', subresource } = request;
    const where =
      namespace === undefined
        ? 'at the cluster scope'
        : `in the namespace "${namespace}"`;
    const resource = subresource
      ? `${kind.resource}/${subresource}`
      : kind.resource;
    throw new ApiError({
      code: 403,
      reason: 'Forbidden',
      message: `${qualifiedResource(kind)}${
        name ? ` "${name}"` : ''
      } is forbidden: User "${
        token.user
      }" cannot ${verb} resource "${resource}" in API group "${
        kind.group
      }" ${where}`,
      details: {
        ...(name ? { name } : {}),
        ...(kind.group ? { group: kind.group } : {}),
        kind: kind.resource,
      },
    });
  }
}

function includes(list: string[], value: string): boolean {
  return list.includes('*') || list.includes(value);
}
