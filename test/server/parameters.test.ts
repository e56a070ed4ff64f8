import { describe, expect, test } from 'vitest';
import { serve } from '../build/server.ts';

const PERIOD = 'first=2026-03-01&last=2026-03-02';

describe('a query string that does not fit is refused, naming the parameter', () => {
  test.each([
    [
      'a day that does not exist',
      '/registration/coverage?first=2026-02-30&last=2026-03-01',
      /^first: /,
    ],
    [
      'an instant for a day',
      '/resets/summary?first=2026-03-01T00:00:00Z&last=2026-03-02',
      /^first: /,
    ],
    [
      'a period that runs backwards',
      '/resets/summary?first=2026-03-02&last=2026-03-01',
      /^last: must not come before first$/,
    ],
    [
      'more than 3660 days',
      '/resets/summary?first=2016-01-01&last=2026-01-09',
      /^last: is more than 3660 days/,
    ],
    ['a period with no end', '/registration/coverage?first=2026-03-01', /^last: is required$/],
    ['a period with no start', '/resets/trend?last=2026-03-01&bucket=day', /^first: is required$/],
    ['no bucket', `/resets/trend?${PERIOD}`, /^bucket: must be one of day, week, month$/],
    ['an unknown bucket', `/verification/failures?${PERIOD}&bucket=week`, /^bucket: .*hour, day$/],
    ['an unknown split', `/verification/failures?${PERIOD}&bucket=day&by=person`, /^by: /],
    [
      'a series by value',
      `/verification/failures?${PERIOD}&bucket=day&by=country&series=blocked`,
      /^series: only failed verifications are told by value$/,
    ],
    ['a time without a zone', `/verification/list?${PERIOD}&since=2026-03-01T00:00`, /^since: /],
    ['a method there is not', `/verification/list?${PERIOD}&method=fax`, /^method: /],
    ['a cursor of another list', `/verification/list?${PERIOD}&cursor=WzEsInQiXQ`, /^cursor: /],
    [
      'a parameter we do not know',
      `/registration/coverage?${PERIOD}&unit=week`,
      /^unknown parameter: unit$/,
    ],
    [
      'a parameter by a bad name',
      '/people?__proto__=1&constructor=2',
      /^unknown parameter: __proto__, constructor$/,
    ],
    ['brackets', '/people?reason[]=capable', /^unknown parameter: reason\[\]$/],
    [
      'a parameter given twice',
      '/people?reason=capable&reason=unknown',
      /^reason: given more than once$/,
    ],
    [
      'an unknown dimension',
      `/registration/coverage?${PERIOD}&dimension=shoe`,
      /^dimension: .*office/,
    ],
    ['a value of nothing', `/registration/coverage?${PERIOD}&value=x`, /^value: needs dimension$/],
    ['a flag in other words', '/people?capable=yes', /^capable: must be one of true, false$/],
    ['an empty flag', '/people?admin=', /^admin: /],
    ['an unknown reason', '/people?reason=tired', /^reason: /],
    ['an unknown order', '/people?sort=age', /^sort: /],
    ['no people', '/people?limit=0', /^limit: .*1 to 200$/],
    ['too many people', '/people?limit=201', /^limit: /],
    ['half a person', '/people?limit=1.5', /^limit: /],
    ['a number in disguise', '/people?limit=1e1', /^limit: /],
    ['an empty limit', '/people?limit=', /^limit: /],
    ['a search too long', `/people?search=${'x'.repeat(201)}`, /^search: /],
    ['a bad day of a snapshot', '/registration/methods?day=yesterday', /^day: /],
    ['no date', '/registration/at-risk', /^date: is required$/],
    ['a date in other words', '/registration/at-risk?date=soon', /^date: /],
    [
      'three methods',
      '/registration/at-risk?date=2027-02-01&required=3',
      /^required: must be one of 1, 2$/,
    ],
    ['a split by shoe', '/registration/at-risk?date=2027-02-01&by=shoe', /^by: .*office/],
    [
      'methods in a list too long',
      `/registration/at-risk?date=2027-02-01&without=${'x'.repeat(2001)}`,
      /^without: /,
    ],
    ['no move', `/registration/changes?${PERIOD}`, /^move: must be one of gained, lost/],
    ['an unknown move', `/registration/changes?${PERIOD}&move=moved`, /^move: /],
    [
      'a cursor of another list',
      `/registration/changes?${PERIOD}&move=lost&cursor=W10`,
      /^cursor: is not one that this list has given$/,
    ],
    ['changes of no days', '/registration/changes?move=lost', /^first: is required/],
    ['moves by hour', `/registration/moves?${PERIOD}&bucket=hour`, /^bucket: /],
    ['methods of no days', '/registration/methods/trend', /^first: is required/],
    [
      'joiners backwards',
      '/registration/joiners?first=2026-03-02&last=2026-03-01',
      /^last: must not come before first$/,
    ],
    ['joiners of a person', '/registration/joiners?id=1', /^unknown parameter: id$/],
    ['tickets avoided in no days', '/deflection?last=2026-03-01', /^first: is required$/],
    [
      'a trend of tickets by day',
      `/deflection/trend?${PERIOD}&bucket=day`,
      /^unknown parameter: bucket$/,
    ],
    ['assumptions of a version', '/assumptions?version=1', /^unknown parameter: version$/],
    ['tickets of a month', '/tickets?month=2026-01', /^unknown parameter: month$/],
    ['statements of a month', '/statements?month=2026-01', /^unknown parameter: month$/],
    ['a statement by its month', '/statements/2026-01', /^id: must be the id of a statement$/],
    ['a document of another kind', '/statements/1.doc', /^id: must be the id of a statement$/],
    ['passed of no method', `/resets/incidents?${PERIOD}&passed=true`, /^passed: needs method$/],
    [
      'a switch to a method from none',
      `/resets/incidents?${PERIOD}&switchedTo=email`,
      /^switchedTo: needs switchedFrom$/,
    ],
    [
      'a reason of flows that were not lost',
      `/resets/incidents?${PERIOD}&reason=not_enabled&flowOutcome=completed`,
      /^reason: a flow that was not lost has none$/,
    ],
    [
      'completed flows that came to options',
      `/resets/incidents?${PERIOD}&stage=options&flowOutcome=completed`,
      /^stage: completed and unlocked flows are done$/,
    ],
    [
      'repeats of what fell back',
      `/resets/incidents?${PERIOD}&repeatWithinDays=7&outcome=fell_back`,
      /^repeatWithinDays: only a self-served incident/,
    ],
    [
      'a kind of abandoned incidents',
      `/resets/incidents?${PERIOD}&kind=reset&outcome=abandoned`,
      /^kind: an abandoned incident has none$/,
    ],
    ['an hour after midnight', `/resets/incidents?${PERIOD}&hour=24`, /^hour: .*0 to 23$/],
    ['an eighth weekday', `/resets/incidents?${PERIOD}&weekday=8`, /^weekday: .*1 to 7$/],
    [
      'a cursor of no list of incidents',
      `/resets/incidents?${PERIOD}&cursor=W10`,
      /^cursor: is not one that this list has given$/,
    ],
    [
      'settling admin resets that are no bypasses',
      `/resets/admin-resets?${PERIOD}&settling=true`,
      /^settling: needs bypass=true$/,
    ],
    [
      'bypasses of automation',
      `/resets/admin-resets?${PERIOD}&kind=automation&bypass=true`,
      /^bypass: only an admin reset that counts/,
    ],
    ['a method that the log does not name', `/resets/funnel?${PERIOD}&method=sms`, /^method: /],
    ['reasons of nobody’s', `/resets/reasons?${PERIOD}&owner=unknown`, /^owner: .*writeback/],
    ['resets of no days', '/resets/hours', /^first: is required; last: is required$/],
    [
      'several at once',
      '/people?limit=0&capable=no&x=1',
      /capable: .*; limit: .*; unknown parameter: x/,
    ],
  ])('%s', async (_, path, message) => {
    const { askSignedIn } = await serve();

    const { status, body } = await askSignedIn(`/api/v1${path}`);

    expect(status).toBe(400);
    expect(body).toMatchObject({
      error: { code: 'invalid', message: expect.stringMatching(message) },
    });
  });
});

test('a period of exactly 3660 days is answered', async () => {
  const { askSignedIn } = await serve();

  const path = '/api/v1/registration/coverage?first=2016-01-01&last=2026-01-07';
  const { status, body } = await askSignedIn(path);

  expect(status).toBe(200);
  expect(body).toMatchObject({ days: { length: 3660 } });
});

test('signs that mean something in an address can be searched for', async () => {
  const { askSignedIn } = await serve();

  const search = encodeURIComponent('100% & more + "quotes" <b> \' ü _ \\');
  const { status, body } = await askSignedIn(`/api/v1/people?search=${search}`);

  expect([status, body]).toMatchObject([200, { people: [], total: 0 }]);
});
