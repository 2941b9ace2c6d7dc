// SPDX-License-Identifier: Apache-2.0
/** What the subjects of findings about annotations begin with. */
export const ANNOTATION_SUBJECT = 'annotation:';

/** The subject of the finding about the chart repository. */
export const CHART_SUBJECT = 'chart';
