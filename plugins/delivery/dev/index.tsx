// SPDX-License-Identifier: Apache-2.0
import { createDevApp } from '@backstage/frontend-dev-utils';
import deliveryPlugin from '../src';
import { galleryApi } from './galleryApi';
import { galleryPlugin } from './galleryPlugin';

createDevApp({ features: [deliveryPlugin, galleryApi, galleryPlugin] });
