import { describe, expect, test } from 'vitest';
import { contractShapes } from '../../web/api/contract-shapes.ts';
import { misfit, type Shape } from '../../web/api/shape.ts';
import first from '../../web/api/shapes.json' with { type: 'json' };
import later from '../../web/api/shapes-later.json' with { type: 'json' };
import { aCollection, aCoverage, aSummary } from './answers.ts';

const shapes = contractShapes() as Record<string, Shape>;
const shapeOf = (name: string) => {
  const shape = shapes[name];
  if (!shape) throw new Error(`No shape ${name}`);
  return shape;
};

describe('what the page checks answers by', () => {
  test('is what the contracts say (else run: npx node web/api/write-shapes.ts && npm run fix)', () => {
    expect({ ...first, ...later }).toEqual(shapes);
  });

  test('lets a good answer through, with fields nobody knows yet', () => {
    expect(misfit(aCollection(), shapeOf('CollectionResponse'))).toBeNull();
    expect(misfit({ ...aSummary(), later: 1 }, shapeOf('ResetsSummaryResponse'))).toBeNull();
  });

  test.each([
    ['a missing field', { ...aSummary(), daysCollected: undefined }, 'answer.daysCollected'],
    ['a fraction for a count', { ...aSummary(), daysCollected: 1.5 }, 'answer.daysCollected'],
    ['a negative count', { ...aSummary(), daysCollected: -1 }, 'answer.daysCollected'],
    ['a text for a share', { ...aSummary(), successRate: '80 %' }, 'answer.successRate'],
    ['no object at all', [], 'answer'],
  ])('names the place of %s', (_, answer, place) => {
    expect(misfit(JSON.parse(JSON.stringify(answer)), shapeOf('ResetsSummaryResponse'))).toBe(
      place,
    );
  });

  test('names the place inside a list', () => {
    const answer = aCoverage('2026-06-27', '2026-06-28');
    const broken = { ...answer, days: [answer.days[0], { day: '28 June', counts: null }] };

    expect(misfit(broken, shapeOf('CoverageResponse'))).toBe('answer.days.1.day');
  });

  test('refuses a word that is not in the list of words', () => {
    const answer = {
      ...aCollection(),
      gaps: [{ feed: 'weather', first: '2026-06-01', last: '2026-06-02' }],
    };

    expect(misfit(answer, shapeOf('CollectionResponse'))).toBe('answer.gaps.0.feed');
  });
});
