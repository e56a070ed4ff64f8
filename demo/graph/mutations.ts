import type { FaultName } from '../faults.ts';

type Fields = Record<string, unknown>;

/** Stands for an integer beyond 2^53 until the text is made: JSON.stringify would round it. */
export const BIG_INT_MARK = '@@9007199254740993@@';
/** Stands for a byte that is no UTF-8. */
export const BAD_BYTE_MARK = '@@bad-byte@@';

/** How one record is changed; an empty list takes it away, two double it. */
const MUTATIONS: Partial<Record<FaultName, (record: Fields) => Fields[]>> = {
  'missing-field': (record) => [without(record, flagOf(record))],
  'null-field': (record) => [{ ...record, [flagOf(record)]: null }],
  'unknown-enum': (record) => [{ ...record, [enumOf(record)]: 'unknownFutureValue' }],
  'new-property': (record) => [{ ...record, addedLastTuesday: { nested: [1, 'two'] } }],
  'wrong-type': (record) => [{ ...record, [flagOf(record)]: { unexpected: 'object' } }],
  'absurd-length': (record) => [{ ...record, [nameOf(record)]: 'x'.repeat(300_000) }],
  'lone-surrogate': (record) => [{ ...record, [nameOf(record)]: 'half \ud83d pair' }],
  'invalid-utf8': (record) => [{ ...record, [nameOf(record)]: `caf${BAD_BYTE_MARK}` }],
  'id-case': (record) => [record, { ...record, id: String(record.id).toUpperCase() }],
  'proto-key': (record) => [withProto(record)],
  'big-int': (record) => [{ ...record, sequence: BIG_INT_MARK }],
  'late-records': () => [],
  'future-records': (record) => [shifted(record, '2099-01-01T00:00:00.0000000Z')],
  'records-of-1970': (record) => [shifted(record, '1970-01-01T00:00:00.0000000Z')],
};

/** The records of a page after `fault`, of which the first `count` are changed; null if it changes none. */
export function mutated(
  fault: FaultName,
  records: readonly object[],
  count: number,
): object[] | null {
  const mutation = MUTATIONS[fault];
  if (!mutation) return null;
  return records.flatMap((record, index) =>
    index < count ? mutation(record as Fields) : [record],
  );
}

/** The field without which a record of its kind means little. */
function flagOf(record: Fields): string {
  if ('isSsprCapable' in record) return 'isSsprCapable';
  if ('activityDateTime' in record) return 'activityDateTime';
  return 'userPrincipalName' in record ? 'userPrincipalName' : 'id';
}

function enumOf(record: Fields): string {
  return 'activityDateTime' in record ? 'result' : 'userType';
}

function nameOf(record: Fields): string {
  const names = ['userDisplayName', 'displayName', 'resultReason'];
  return names.find((name) => name in record) ?? 'id';
}

function without(record: Fields, field: string): Fields {
  const { [field]: _, ...rest } = record;
  return rest;
}

function withProto(record: Fields): Fields {
  const copy = { ...record };
  Object.defineProperty(copy, '__proto__', { value: { polluted: true }, enumerable: true });
  return copy;
}

function shifted(record: Fields, instant: string): Fields {
  return 'activityDateTime' in record ? { ...record, activityDateTime: instant } : record;
}
