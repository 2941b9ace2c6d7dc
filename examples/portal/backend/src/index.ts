// SPDX-License-Identifier: Apache-2.0
import { createBackend } from '@backstage/backend-defaults';
const backend = createBackend();
backend.start();
