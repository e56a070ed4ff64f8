import { fraction } from '../../domain/share.ts';
import type { ForecastResponse } from '../../server/contract/registration.ts';
import { dayLong, percent, percentTick } from '../format.ts';

/** When the target is reached, in a sentence for a title. */
export function forecastFinding({ target, forecast }: ForecastResponse): string {
  const end = forecast?.days.at(-1);
  if (!forecast || !end) return 'No forecast yet';
  const { arrival } = forecast;
  if (!target || !arrival)
    return `If nothing changes, ${percentTick(end.p50)} of people are covered on ${dayLong(end.day)}`;
  const goal = `${target.percent} %`;
  if (arrival.reached) return `The target of ${goal} is reached: ${percent(forecast.now)}`;
  if (arrival.p50 === null)
    return `The target of ${goal} is not reached within 12 months in ${percent(arrival.notReached)} of the futures`;
  return `The target of ${goal} is likely reached on ${dayLong(arrival.p50)}`;
}

/** The same with its spread and its chance, in sentences. */
export function arrivalWords({ target, forecast }: ForecastResponse): string[] {
  const arrival = forecast?.arrival;
  if (!target || !arrival || arrival.reached) return [];
  const between =
    arrival.p10 === null
      ? 'In fewer than 10 of 100 futures it is reached within 12 months.'
      : `In 80 of 100 futures it is reached between ${dayLong(arrival.p10)} and ${
          arrival.p90 === null ? 'some day after the next 12 months' : dayLong(arrival.p90)
        }.`;
  const missed =
    (fraction(arrival.notReached) ?? 0) > 0
      ? [`Not reached within 12 months in ${percent(arrival.notReached)} of them.`]
      : [];
  const chance =
    arrival.onTime && target.day
      ? [`On ${dayLong(target.day)} it is reached in ${percent(arrival.onTime)} of them.`]
      : [];
  return [between, ...missed, ...chance];
}
