// SPDX-License-Identifier: Apache-2.0

/** Where the path becomes rows: narrower than three tiles and their arrows. */
export const ROWS = '@container (max-width: 759px)';
