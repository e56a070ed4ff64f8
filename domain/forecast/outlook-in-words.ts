import type { ResetOutlook } from './reset-outlook.ts';

const percent = (share: number) => `${Math.round(100 * share)} %`;

/** What the forecast of resets is made of, each in a sentence with its figure. */
export function outlookInWords(
  { members, historyDays, triedWhereCovered, fellBack }: ResetOutlook,
  handleMinutes: number,
): { name: string; text: string }[] {
  const parts = members.map(({ name, weight }) => `${name} ${percent(weight)}`).join(', ');
  const { part, whole } = fellBack;
  return [
    {
      name: 'Counts',
      text: `Needs are told from ${historyDays} collected days by several forecasts together, weighed by how right each was before: ${parts}.`,
    },
    {
      name: 'Self-service',
      text: `Of the needs of covered people, ${percent(triedWhereCovered)} went to self-service in the last 13 weeks. Coverage follows its own forecast.`,
    },
    {
      name: 'Desk',
      text:
        whole > 0
          ? `${part} of ${whole} settled incidents of the last 13 weeks ended at the desk. What never tried self-service goes there as well.`
          : 'No incident of the last 13 weeks has settled, so how many end at the desk is wide open.',
    },
    {
      name: 'Hours',
      text: `Desk hours take the handle time of the assumptions, likely ${handleMinutes} minutes a ticket.`,
    },
    {
      name: 'Not known',
      text: 'A campaign, a change of policy or the end of a method that has not begun is in no history: the bands do not hold it.',
    },
  ];
}
