import { shown } from './mapping.ts';

/** 1,234 or 1.234.567 or 1 234: groups of three behind the first. */
const GROUPED = /^\d{1,3}(?:([,.'’ \u00a0\u202f])\d{3})(?:\1\d{3})*$/;
const NEGATIVE = /^(?:[-−–] ?\d|\(\d)/;
/** Beyond this no desk has tickets in a month. */
const MOST = 999_999_999;

/** What the counts of a column prove about what a comma or a full stop in them means. */
export class CountSurvey {
  private readonly separators = new Set<string>();
  /** Separators that stand where they cannot part groups of three. */
  private readonly decimal = new Set<string>();
  private twice = false;
  private plainBelow1000 = false;
  private plainFrom1000 = false;

  see(text: string): void {
    const written = text.trim();
    const separator = GROUPED.exec(written)?.[1];
    if (separator !== undefined) {
      this.separators.add(separator);
      this.twice ||= written.indexOf(separator) !== written.lastIndexOf(separator);
    } else if (/^\d+$/.test(written)) {
      if (Number(written) >= 1000) this.plainFrom1000 = true;
      else this.plainBelow1000 = true;
    } else for (const [mark] of written.matchAll(/[,.]/g)) this.decimal.add(mark);
  }

  /** Whether 1.234 is one thousand two hundred thirty-four in this column for certain. */
  isThousands(separator: string): boolean {
    if (separator !== ',' && separator !== '.') return true;
    if (this.separators.size !== 1 || this.decimal.has(separator) || this.plainFrom1000)
      return false;
    return this.twice || this.plainBelow1000;
  }
}

/** A count, a whole number from 0; a text says what is wrong with it. */
export function readCount(text: string, survey: CountSurvey): number | string {
  const written = text.trim();
  if (written === '') return 'is empty: a count that is missing is not 0';
  if (NEGATIVE.test(written)) return `is negative: ${shown(written)}`;
  const separator = GROUPED.exec(written)?.[1];
  if (separator !== undefined && !survey.isThousands(separator))
    return `may be thousands or a fraction: ${shown(written)}; write it without separators`;
  const digits = separator === undefined ? written : written.replaceAll(separator, '');
  if (!/^\d+$/.test(digits)) return `is not a whole number: ${shown(written)}`;
  return Number(digits) > MOST ? `is too large: ${shown(written)}` : Number(digits);
}
