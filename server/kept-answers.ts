/** An answer as it is sent. */
export interface KeptAnswer {
  etag: string;
  body: Buffer;
  /** Null until the first client that takes it. */
  gzip: Buffer | null;
}

/** Where an answer belongs. */
export interface Place {
  /** Of the database, read before the answer was worked out. */
  version: number;
  key: string;
}

export interface KeptAnswers {
  find(place: Place): KeptAnswer | null;
  /** Returns `answer`, which is not kept when a newer version has been asked for since. */
  keep<K extends KeptAnswer>(place: Place, answer: K): K;
}

/** Answers of one version of the database, up to `mostBytes`; beyond that the oldest go. */
export function keptAnswers(mostBytes: number): KeptAnswers {
  const kept = new Map<string, KeptAnswer>();
  let current: number | null = null;
  let bytes = 0;
  const forget = (key: string) => {
    const old = kept.get(key);
    if (old) bytes -= sizeOf(key, old);
    kept.delete(key);
  };
  return {
    find({ version, key }) {
      if (version !== current) {
        for (const old of kept.keys()) forget(old);
        current = version;
      }
      return kept.get(key) ?? null;
    },
    keep({ version, key }, answer) {
      if (version !== current) return answer;
      forget(key);
      kept.set(key, answer);
      bytes += sizeOf(key, answer);
      for (const oldest of kept.keys()) {
        if (bytes <= mostBytes) break;
        forget(oldest);
      }
      return answer;
    },
  };
}

const sizeOf = (key: string, { body, gzip }: KeptAnswer) =>
  2 * key.length + body.length + (gzip?.length ?? 0);
