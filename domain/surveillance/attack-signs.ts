import { counted, percent } from './alert-words.ts';
import type { CauseFacts, CauseTold } from './cause.ts';
import { type Concentration, concentration } from './concentration.ts';

/** What part of the excess few addresses bring in an attack, and how many people or failures each of them at least. */
const SIGN = { share: 0.6, peopleEach: 3, failedEach: 3, people: 5 };

/**
 * Whether few addresses bring most of what is unusual: many people from each of them, or addresses never seen that fail
 * again and again. Null: neither. An attack from as many addresses as people leaves neither sign.
 */
export function attackSigns(facts: CauseFacts): CauseTold | null {
  const told = concentration(facts);
  if (!told || told.addresses === 0) return null;
  const crowded =
    told.share >= SIGN.share &&
    facts.people >= Math.max(SIGN.people, SIGN.peopleEach * told.addresses);
  const fresh = told.freshShare >= SIGN.share && told.failed >= SIGN.failedEach * told.addresses;
  if (!crowded && !fresh) return null;
  const from = counted(told.addresses, 'address', 'addresses');
  const because = [
    `${from} ${told.addresses === 1 ? 'brings' : 'bring'} ${percent(told.share)} of the excess: ${counted(told.failed, 'failed verification', 'failed verifications')}.`,
    `${counted(facts.people, 'person', 'people')} failed from ${counted(facts.addresses, 'address', 'addresses')} in all.`,
  ];
  if (told.fresh > 0) because.push(`${seen(told)} in the 90 days before.`);
  return { cause: 'attack', because: [...because, ...through(facts)] };
}

function seen({ addresses, fresh }: Concentration): string {
  if (fresh < addresses) return `${fresh} of them ${fresh === 1 ? 'was' : 'were'} never seen`;
  return addresses === 1 ? 'It was never seen' : 'None of them was seen';
}

function through({ through: resets }: CauseFacts): string[] {
  if (resets.length === 0) return ['No reset that belongs to it went through.'];
  const fresh = resets.filter(({ newAddress }) => newAddress === true).length;
  const text = `${counted(resets.length, 'reset', 'resets')} that ${resets.length === 1 ? 'belongs' : 'belong'} to it went through`;
  return [fresh > 0 ? `${text}, ${fresh} from an address never seen for that person.` : `${text}.`];
}
