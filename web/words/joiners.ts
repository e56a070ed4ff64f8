import { fraction, type Share } from '../../domain/share.ts';
import type { JoinersResponse } from '../../server/contract/registration.ts';
import { counted, percent } from '../format.ts';

/** How quickly new people register, in a sentence for a title: over all months shown. */
export function joinersFinding(months: JoinersResponse['months']): string {
  const sum = (share: (month: JoinersResponse['months'][number]) => Share) =>
    months.reduce<Share>(
      (all, month) => ({
        part: all.part + share(month).part,
        whole: all.whole + share(month).whole,
      }),
      { part: 0, whole: 0 },
    );
  const within30 = sum((month) => month.within30);
  const joined = months.reduce((all, month) => all + month.joined, 0);
  if (joined === 0) return 'Nobody joined in these months';
  if (fraction(within30) === null)
    return `${counted(joined, 'person', 'people')} joined; it is too early to tell`;
  return `${percent(within30)} of new people were registered after 30 days, ${percent(sum((month) => month.within7))} after 7`;
}
