import type { ForecastModel } from './forecast-model.ts';

/** What the forecast rests on, each in a sentence with its figure. */
export function modelInWords(model: ForecastModel): { name: string; text: string }[] {
  const { ceiling, steps } = model;
  return [
    {
      name: 'Who ever will',
      text: `As policy is now, ${percent(ceiling.p10)} to ${percent(ceiling.p90)} of people will ever be able to reset their own password, most likely about ${percent(ceiling.p50)}.`,
    },
    {
      name: 'Pace',
      text: `An average day brings ${count(model.gainedPerDay)} people: ${percent(model.hazardPerDay, 2)} of those who will and cannot yet. Losses of the same day are taken off.`,
    },
    {
      name: 'Losses',
      text: `Days on which more people lost it than gained it, by leaving or by losing a method, cost ${count(model.lostPerDay)} people a day on average.`,
    },
    {
      name: 'Population',
      text: `The population changes by ${signed(model.populationPerDay)} people a day.`,
    },
    {
      name: 'Steps',
      text: `${many(steps.falls, 'fall')} and ${many(steps.rises, 'rise')} of many people within a day are in the history; the bands allow for ${count(steps.perYear)} a year.`,
    },
    {
      name: 'History',
      text: `${model.collectedDays} collected days out of ${model.historyDays}; the last ${model.daysSinceStep} days, since the last step or the beginning, count most.`,
    },
  ];
}

const percent = (share: number, digits = 0): string => `${(100 * share).toFixed(digits)} %`;
const count = (value: number): string => value.toFixed(1);
const signed = (value: number): string => `${value >= 0 ? '+' : '−'}${count(Math.abs(value))}`;
const many = (value: number, noun: string): string => `${value} ${noun}${value === 1 ? '' : 's'}`;
