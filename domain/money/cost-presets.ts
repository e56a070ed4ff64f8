import type { Range } from '../deflection/range.ts';

/** Where a figure comes from. */
export interface Source {
  text: string;
  /** Web address; null: judgement. */
  address: string | null;
}

/** A published cost of a ticket, to choose by name. */
export interface CostPreset {
  name: string;
  title: string;
  currency: string;
  perTicket: Range;
  /** Holds what people lose already: user time is then not added. */
  includesUserTime: boolean;
  source: Source;
  /** What is wrong with it, in a sentence; null: nothing known. */
  warning: string | null;
}

/**
 * What is published. Where only one figure is, half of it (a reset is a short ticket, as HDI notes) and twice it stand
 * at the ends of the range: judgement, and the text of the source says so.
 */
export const COST_PRESETS: readonly CostPreset[] = [
  {
    name: 'HDI',
    title: 'HDI: median desk cost of a ticket',
    currency: 'USD',
    perTicket: { low: 9.25, likely: 18.5, high: 40 },
    includesUserTime: false,
    source: {
      text: 'HDI SupportWorld 2017: median of 18.50 a ticket in 2016, and half of it, 9.25, for a reset because it is short. The upper end is of the range that HDI reported over all tickets.',
      address:
        'https://www.thinkhdi.com/library/supportworld/2017/lets-be-careful-how-we-spend-our-money',
    },
    warning: null,
  },
  {
    name: 'MetricNet',
    title: 'MetricNet: level-1 ticket, North America',
    currency: 'USD',
    perTicket: { low: 11, likely: 22, high: 44 },
    includesUserTime: false,
    source: {
      text: 'MetricNet: about 22 on average to resolve a ticket at level 1. Half and twice that at the ends: judgement.',
      address: 'https://www.metricnet.com/metrics-that-matter-tickets-prevented/',
    },
    warning: 'An average over all level-1 tickets: a password reset is shorter than most.',
  },
  {
    name: 'ServiceNow',
    title: 'ServiceNow: default of its dashboard',
    currency: 'USD',
    perTicket: { low: 10, likely: 20, high: 40 },
    includesUserTime: false,
    source: {
      text: 'ServiceNow, Self-Service Analytics dashboard: 20 for a deflected case unless the formula is edited. Half and twice that at the ends: judgement.',
      address:
        'https://www.servicenow.com/docs/r/australia/customer-service-management/analytics-and-reporting-solutions-for-customer-service/ssa-cs-dashboard.html',
    },
    warning: 'A placeholder of a product, to be edited, and not a measurement.',
  },
  {
    name: 'Microsoft',
    title: 'Microsoft: account recovery by the desk',
    currency: 'USD',
    perTicket: { low: 30, likely: 60, high: 120 },
    includesUserTime: false,
    source: {
      text: 'Microsoft Entra, cost savings estimator of account recovery (April 2026): 60 by the desk, called an industry average. Half and twice that at the ends: judgement.',
      address:
        'https://learn.microsoft.com/en-us/entra/identity/authentication/how-to-account-recovery-cost-savings-estimator',
    },
    warning:
      'Of account recovery, in which identity is proved anew: heavier than a password reset.',
  },
  {
    name: 'Forrester',
    title: '"Forrester": 70 per password reset',
    currency: 'USD',
    perTicket: { low: 35, likely: 70, high: 100 },
    includesUserTime: true,
    source: {
      text: 'Known at second hand alone, as vendors quote it; no report with the figure was found. Half of it at the low end is judgement; 100 is what one vendor stretches it to.',
      address: 'https://specopssoft.com/blog/save-money-self-service-password-resets/',
    },
    warning:
      'No primary source was found, and those who quote it disagree whether it is labour alone or holds lost working time too. It is taken to hold it, so user time is not added.',
  },
];

/** Null for a name that there is none of. */
export function costPreset(name: string): CostPreset | null {
  return COST_PRESETS.find((preset) => preset.name === name) ?? null;
}
