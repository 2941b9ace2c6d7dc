// SPDX-License-Identifier: Apache-2.0
import { createApp } from '@backstage/frontend-defaults';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';
import { simulatorModule } from './modules/simulator';

export default createApp({
  features: [catalogPlugin, navModule, signInModule, simulatorModule],
});
