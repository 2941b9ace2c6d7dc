// SPDX-License-Identifier: Apache-2.0

/** What a visitor reads once the portal is up. */
export function welcome(address) {
  return `
  Delivery for Backstage is running at ${address}

  Sign in (no password) as
    ben    developer: creates services, asks for promotions
    anna   owner of the services: approves as the owner
    chidi  platform approver: approves production
    lee    platform approver, too
    mina   reader: sees everything, changes nothing

  Try
    Catalog → orders → Deploy          where each Release is, and Promote
    Approvals                          what waits for you
    Create… → Service                  a new service, all the way to dev
    Simulator                          push a change, break a rollout, move the clock

  Ctrl-C stops everything. "npm run reset" starts afresh.
`;
}
