// SPDX-License-Identifier: Apache-2.0
import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// a machine that does other work too is slow, and says nothing about the code
jest.setTimeout(60_000);
configure({ asyncUtilTimeout: 10_000 });
