import type { Department } from './organisation.ts';
import type { SamplePerson } from './people.ts';
import { RATES } from './rates.ts';

interface Place {
  /** Who holds the place, or held it last. */
  holder: SamplePerson;
  /** Number of the day on which the holder left; null: has not. */
  vacantSince: number | null;
}

const DAYS_VACANT = 45;

/**
 * Who reports to whom. The places of a department are numbered in the order in which they were first
 * taken: the first heads it, and each manager has the same number of places below. Heads report to the
 * head of the company, who has no manager; nor have guests, and a few whom nobody entered.
 */
export interface OrgChart {
  /**
   * Gives a place in the person's department, first one that has been vacant for some weeks, and answers
   * whose manager is now another.
   */
  enter(person: SamplePerson, day: number): SamplePerson[];
  /** Makes the place vacant. Reports keep their manager until somebody takes it. */
  leave(person: SamplePerson, day: number): void;
}

export function orgChart(): OrgChart {
  const departments = new Map<Department, Place[]>();
  const numbers = new Map<SamplePerson, number>();
  let company: Place[] = [];

  function placesOf({ department }: SamplePerson): Place[] {
    const places = departments.get(department) ?? [];
    departments.set(department, places);
    if (company.length === 0) company = places;
    return places;
  }

  /** The first above that is held; null at the top. */
  function managerOf(places: Place[], number: number): SamplePerson | null {
    let above = number;
    while (above > 0) {
      above = Math.floor((above - 1) / RATES.reportsPerManager);
      const place = places[above];
      if (place?.vacantSince === null) return place.holder;
    }
    const head = company[0];
    return places === company || head?.vacantSince !== null ? null : head.holder;
  }

  function reportsTo(places: Place[], number: number): Place[] {
    const first = number * RATES.reportsPerManager + 1;
    const below = places.slice(first, first + RATES.reportsPerManager);
    const isTop = places === company && number === 0;
    const heads = [...departments.values()].flatMap((others) => others.slice(0, 1));
    return isTop ? [...below, ...heads.slice(1)] : below;
  }

  return {
    enter(person, day) {
      if (person.guest) return [];
      const places = placesOf(person);
      const vacant = places.findIndex(({ vacantSince }) => {
        return vacantSince !== null && day - vacantSince >= DAYS_VACANT;
      });
      const number = vacant === -1 ? places.length : vacant;
      places[number] = { holder: person, vacantSince: null };
      numbers.set(person, number);
      person.managerId = isEntered(person) ? (managerOf(places, number)?.id ?? null) : null;
      const reports = reportsTo(places, number).filter(
        ({ holder, vacantSince }) => vacantSince === null && isEntered(holder),
      );
      for (const { holder } of reports) holder.managerId = person.id;
      return reports.map(({ holder }) => holder);
    },
    leave(person, day) {
      const place = placesOf(person)[numbers.get(person) ?? -1];
      if (place?.holder === person) place.vacantSince = day;
    },
  };
}

/** Every seventieth person has no manager in the directory. */
function isEntered({ index }: SamplePerson): boolean {
  return index % 70 !== 69;
}
