// SPDX-License-Identifier: Apache-2.0
import { toError } from '@backstage/errors';
import ICAL from 'ical.js';
import { IANAZone } from 'luxon';
import { wallClock } from '../domain/wallClock';

/** One freeze of a calendar, as instants. */
export type CalendarFreeze = {
  title: string;
  begins: number;
  ends: number;
  owner: string;
  reason: string;
};

/** An event that recurs is followed for this many years after it first began. */
const YEARS = 30;

/** Enough for one that recurs daily all that time. */
const MOST_OCCURRENCES = 12_000;

/**
 * The freezes in a calendar (RFC 5545), earliest first.
 *
 * @param zone - The zone of events that name none, and of whole days.
 *
 * @remarks
 * Times are those of the wall clock in the event's own IANA zone; time zone
 * definitions inside the file are not used. The organizer is the owner, the
 * description the reason. A cancelled event is none.
 *
 * @throws Error that names the event and what is wrong with it.
 */
export function readCalendar(text: string, zone: string): CalendarFreeze[] {
  const events = eventsOf(text);
  return events
    .flatMap(event => freezesOf(event, { all: events, zone }))
    .sort((a, b) => a.begins - b.begins);
}

function eventsOf(text: string): ICAL.Event[] {
  try {
    const components = new ICAL.Component(ICAL.parse(text)).getAllSubcomponents(
      'vevent',
    );
    const moved = components.filter(isMoved);
    return components.map(
      component =>
        new ICAL.Event(component, {
          // Left to itself it would take those of every other event.
          exceptions: isMoved(component)
            ? []
            : moved.filter(other => uidOf(other) === uidOf(component)),
        }),
    );
  } catch (error) {
    throw new Error(`is no calendar (RFC 5545): ${toError(error).message}`);
  }
}

function isMoved(component: ICAL.Component): boolean {
  return component.hasProperty('recurrence-id');
}

function uidOf(component: ICAL.Component): string {
  return String(component.getFirstPropertyValue('uid'));
}

function freezesOf(
  event: ICAL.Event,
  options: { all: readonly ICAL.Event[]; zone: string },
): CalendarFreeze[] {
  const title = event.summary || 'Freeze';
  if (event.component.getFirstPropertyValue('status') === 'CANCELLED') {
    return [];
  }
  if (!event.startDate) {
    throw new Error(`the event "${title}" has no DTSTART`);
  }
  const organizer = event.component.getFirstProperty('organizer');
  const name = organizer?.getFirstParameter('cn');
  const described = {
    title: title.slice(0, 80),
    owner: (
      name ||
      event.organizer?.replace(/^mailto:/i, '') ||
      'the calendar'
    ).slice(0, 100),
    reason: (event.description?.split('\n')[0] || title).slice(0, 200),
  };
  return timesOf(event, options.all).map(({ from, to }) => {
    const begins = instantOf(from, {
      title,
      zone: zoneOf(event, options.zone),
    });
    const ends = instantOf(to, { title, zone: zoneOf(event, options.zone) });
    if (ends <= begins) {
      throw new Error(`the event "${title}" ends before it begins`);
    }
    return { ...described, begins, ends };
  });
}

function timesOf(
  event: ICAL.Event,
  all: readonly ICAL.Event[],
): { from: ICAL.Time; to: ICAL.Time }[] {
  if (!event.isRecurring()) {
    return [{ from: event.startDate, to: event.endDate }];
  }
  // Occurrences that were moved stand in the file as events of their own.
  const moved = new Set(
    all
      .filter(other => other.uid === event.uid && other.isRecurrenceException())
      .map(({ recurrenceId }) => String(recurrenceId)),
  );
  const last = event.startDate.year + YEARS;
  const times: { from: ICAL.Time; to: ICAL.Time }[] = [];
  const occurrences = event.iterator();
  for (
    let next = occurrences.next();
    next && next.year <= last;
    next = occurrences.next()
  ) {
    if (times.length === MOST_OCCURRENCES) {
      throw new Error(
        `the event "${event.summary}" recurs more than ${MOST_OCCURRENCES} times in ${YEARS} years; give it an UNTIL or fewer occurrences`,
      );
    }
    if (!moved.has(String(next))) {
      const { endDate, startDate } = event.getOccurrenceDetails(next);
      times.push({ from: startDate, to: endDate });
    }
  }
  return times;
}

function zoneOf(event: ICAL.Event, fallback: string): string {
  const tzid = event.component
    .getFirstProperty('dtstart')
    ?.getFirstParameter('tzid');
  return tzid || fallback;
}

function instantOf(
  time: ICAL.Time,
  { title, zone }: { title: string; zone: string },
): number {
  const { day, hour, isDate, minute, month, second, year } = time;
  const utc = !isDate && time.zone === ICAL.Timezone.utcTimezone;
  if (!utc && !IANAZone.isValidZone(zone)) {
    throw new Error(
      `the event "${title}" is in the time zone "${zone}", which is none such as Europe/Berlin`,
    );
  }
  return wallClock(
    isDate ? { year, month, day } : { year, month, day, hour, minute, second },
    utc ? 'UTC' : zone,
  ).getTime();
}
