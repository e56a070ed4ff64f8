import { chance } from './chance.ts';
import { boundaries } from './nasty-boundaries.ts';
import { nastyFlow } from './nasty-flows.ts';
import { type Known, nastyPeople } from './nasty-people.ts';
import { recordMaker } from './nasty-records.ts';
import { nastyResets } from './nasty-resets.ts';
import { type Raw, ticksOf } from './raw.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface NastyTenant {
  users: Raw[];
  report: Raw[];
  audits: Raw[];
}

/** Everything Graph may say, of a few hundred people and the 31 days before `now`. */
export function nastyTenant(seed: number, now: number): NastyTenant {
  const random = chance(seed);
  const { users, report, known } = nastyPeople(random, 300 + random.below(300), now);
  const make = recordMaker(random);
  const [desk, ...staff] = known;
  if (!desk) throw new RangeError('A tenant without people');
  const audits: Raw[] = [];
  const busy = staff.slice(0, 40);
  for (const person of busy) audits.push(...lifeOf(person));
  for (let stray = 0; stray < 60; stray += 1) {
    const at = now - random.below(32 * DAY);
    const person = random.is(0.2) ? null : random.one(staff);
    audits.push(...nastyFlow(random, make, { at, person, others: busy }));
  }
  audits.push(...nastyResets({ random, make, now, known: staff, users, desk }));
  let next = 100;
  const somebody = () => staff[next++] ?? desk;
  audits.push(...boundaries({ random, make, now, somebody, desk }));
  const seen = audits.filter(
    (record) => Number(ticksOf(String(record.activityDateTime)) / 10_000n) <= now,
  );
  return { users, report: withDoubles(report), audits: random.shuffled(seen) };

  /** Tries and resets of one person, at gaps near the limits of the definitions. */
  function lifeOf(person: Known): Raw[] {
    const records: Raw[] = [];
    let at = now - 31 * DAY + random.below(4 * DAY);
    while (at < now) {
      if (random.is(0.8)) records.push(...nastyFlow(random, make, { at, person }));
      else
        records.push(
          make({
            at,
            activity: 'Reset password (by admin)',
            target: person,
            initiator: desk ?? null,
            correlation: random.guid(),
          }),
        );
      at += random.one([
        5 * 60_000,
        HOUR,
        4 * HOUR,
        4 * HOUR + 70_000,
        23 * HOUR,
        DAY,
        3 * DAY,
        5 * DAY,
      ]);
      at += random.below(60_000);
    }
    return records;
  }

  function withDoubles(rows: Raw[]): Raw[] {
    const doubled = rows
      .filter(() => random.is(0.02))
      .map((row) => ({ ...row, id: String(row.id).toUpperCase() }));
    return random.shuffled([...rows, ...doubled]);
  }
}
