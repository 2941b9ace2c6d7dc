// SPDX-License-Identifier: Apache-2.0
import { allCases } from './cases';
import { nameOf, type MatrixCase } from './MatrixCase';

/** 19 is no divisor of what the matrix is made of, so that all of it is met. */
const EVERY = 19;

/**
 * The cases that the environment asks for: all with `DELIVERY_FAULTS=full`, of
 * those the part `DELIVERY_FAULTS_PART=3/8`, or those whose names hold
 * `DELIVERY_FAULTS_ONLY`; a small part of everything when nothing is asked.
 *
 * @throws Error when the part is none.
 */
export function chooseCases(env: NodeJS.ProcessEnv): {
  cases: MatrixCase[];
  /** Whether single cases were asked for. */
  isAlone: boolean;
} {
  const all = allCases({ seeds: 9 });
  const { DELIVERY_FAULTS_ONLY: only, DELIVERY_FAULTS_PART: part } = env;
  if (only) {
    return {
      cases: all.filter(one => nameOf(one).includes(only)),
      isAlone: true,
    };
  }
  if (env.DELIVERY_FAULTS !== 'full') {
    return {
      cases: all.filter((_, index) => index % EVERY === 0),
      isAlone: false,
    };
  }
  return { cases: part ? partOf(all, part) : all, isAlone: false };
}

function partOf(all: MatrixCase[], part: string): MatrixCase[] {
  const [, which, parts] = /^(\d+)\/(\d+)$/.exec(part)?.map(Number) ?? [];
  if (!which || !parts || which > parts) {
    throw new Error(
      `DELIVERY_FAULTS_PART is '${part}'; it must be which part of how many, like 3/8`,
    );
  }
  return all.filter((_, index) => index % parts === which - 1);
}
