// SPDX-License-Identifier: Apache-2.0
import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { useCallback } from 'react';
import { useLoad } from './useLoad';

/** The reader's own entity reference; undefined until it is known. */
export function useOwnRef(): string | undefined {
  const identity = useApi(identityApiRef);
  const load = useCallback(
    async () => (await identity.getBackstageIdentity()).userEntityRef,
    [identity],
  );
  return useLoad(load).value;
}
