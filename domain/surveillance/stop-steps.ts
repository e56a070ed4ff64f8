import type { Owner } from '../reset-vocabulary.ts';

/** What to do where flows are stopped by configuration, by who can take the reason away. */
export const OWNER_STEPS: Partial<Record<Owner, readonly string[]>> = {
  user: [
    'See in the list of people who has registered too little, and ask them to register at the page of security info.',
    'If it came overnight, compare the methods that password reset accepts, and how many it requires, with before.',
    'If these people do not know of it, somebody goes through their names: look at the addresses of the flows.',
  ],
  admin: [
    'Check for whom password reset is enabled (Password reset, Properties).',
    'If these people are meant to help themselves, enable it for them; else tell them where to call.',
  ],
  scope: [
    'Check the group that password reset is enabled for: whether people left it, or its rule changed.',
    'Add the people who are meant to help themselves; tell the others where to call.',
  ],
  licence: [
    'Check the licences of these people: whether one ended, or a group that assigns it changed.',
    'Assign one that includes password reset, or tell them where to call.',
  ],
  writeback: [
    'Check that Entra Connect runs, and that password writeback is switched on there and in Password reset, On-premises integration.',
    'Check the licences and the permissions of its account on the domain.',
    'Tell the helpdesk: until it works, people whose password is managed on-premises need a reset by an admin.',
  ],
};
