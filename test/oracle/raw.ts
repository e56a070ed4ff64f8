/** A record as Graph sends it. */
export type Raw = Record<string, unknown>;

/** An audit record, read literally. */
export interface Entry {
  id: string;
  /** UTC ms, floored. */
  at: number;
  /** 100 ns since the epoch. */
  ticks: bigint;
  activity: string;
  result: string;
  reason: string | null;
  /** Null where missing, empty or all zeros. */
  correlation: string | null;
  target: string | null;
  initiator: string | null;
  initiatorName: string | null;
  app: boolean;
  address: string | null;
  /** Which agent wrote the password on-premises; null: the record names none. */
  agent: string | null;
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Object ids and correlation ids are GUIDs, whose case means nothing; null where there is none. */
export function guidOf(value: unknown): string | null {
  const text = textOf(value)?.trim() ?? '';
  if (text === '' || /^[0-]+$/.test(text)) return null;
  return GUID.test(text) ? text.toLowerCase() : text;
}

/** 100-ns steps of an instant with up to 7 decimals, Z or an offset. */
export function ticksOf(text: string): bigint {
  const match = /^(.{19})(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (!match) throw new RangeError(`No instant: ${text}`);
  const seconds = Date.parse(`${match[1]}${match[3]}`);
  return BigInt(seconds) * 10_000n + BigInt((match[2] ?? '').padEnd(7, '0').slice(0, 7));
}

export function entryOf(raw: Raw): Entry {
  const ticks = ticksOf(String(raw.activityDateTime));
  const initiatedBy = (raw.initiatedBy ?? {}) as Raw;
  const user = (initiatedBy.user ?? {}) as Raw;
  const app = (initiatedBy.app ?? {}) as Raw;
  const targets = (raw.targetResources ?? []) as Raw[];
  return {
    id: String(raw.id),
    at: Number(ticks / 10_000n),
    ticks,
    activity: String(raw.activityDisplayName),
    result: (textOf(raw.result) ?? '').toLowerCase(),
    reason: textOf(raw.resultReason),
    correlation: guidOf(raw.correlationId),
    target: targets.map(({ id }) => guidOf(id)).find((id) => id !== null) ?? null,
    initiator: guidOf(user.id),
    initiatorName: textOf(user.userPrincipalName),
    app: Object.values(app).some((value) => value !== null && value !== undefined),
    address: textOf(user.ipAddress) || null,
    agent: agentOf((raw.additionalDetails ?? []) as Raw[]),
  };
}

/** As Graph spells it: the word None is one of them. */
function agentOf(details: readonly Raw[]): string | null {
  const text = textOf(details.find(({ key }) => key === 'OnPremisesAgent')?.value)?.trim() ?? '';
  return text === '' ? null : text;
}

/** The records, each id once. */
export function entriesOf(raws: readonly Raw[]): Entry[] {
  return [...new Map(raws.map((raw) => [String(raw.id), entryOf(raw)])).values()];
}
