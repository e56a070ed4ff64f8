import type { Reason } from './registration.ts';

/** Reasons in words, in the order in which they apply. */
export const REASON_LABEL: Record<Reason, string> = {
  capable: 'Covered',
  unknown: 'Unknown',
  not_enabled: 'Not enabled',
  nothing_registered: 'Nothing registered',
  methods_not_accepted: 'Methods not accepted',
  too_few_methods: 'Too few methods',
};
