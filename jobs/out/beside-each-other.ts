import { sleep } from '../graph/sleep.ts';

export interface Rounds<Channel extends { id: number }> {
  /** Who has something to do now. */
  due: () => Promise<Channel[]>;
  /** Does all of it that is due; while it lasts it is not called again for the same one. */
  work: (channel: Channel) => Promise<void>;
  /** While somebody works, how often to look who else has something to do; milliseconds. */
  lookEveryMs: number;
  signal: AbortSignal;
}

/**
 * Lets each channel do its work beside the others, starting those that get some meanwhile, until nobody has any. After a failure nobody is
 * started any more; it is thrown when those at work have ended.
 */
export async function besideEachOther<Channel extends { id: number }>({
  due,
  work,
  lookEveryMs,
  signal,
}: Rounds<Channel>): Promise<void> {
  const atWork = new Map<number, Promise<void>>();
  const failures: unknown[] = [];
  const fail = (error: unknown): void => {
    failures.push(error);
  };
  const look = () =>
    due().catch((error): Channel[] => {
      fail(error);
      return [];
    });
  const start = ({ id }: Channel, working: Promise<void>) =>
    atWork.set(
      id,
      working.catch(fail).finally(() => atWork.delete(id)),
    );
  while (failures.length === 0 && !signal.aborted) {
    for (const channel of await look()) if (!atWork.has(channel.id)) start(channel, work(channel));
    if (atWork.size === 0) break;
    await oneEnds([...atWork.values()], lookEveryMs);
  }
  await Promise.all(atWork.values());
  if (failures.length > 0) throw failures[0];
}

/** Until one of them has ended, or it is time to look. */
async function oneEnds(atWork: Promise<void>[], withinMs: number): Promise<void> {
  const stop = new AbortController();
  const time = sleep(withinMs, stop.signal).catch(() => undefined); // one has ended before
  await Promise.race([...atWork, time]);
  stop.abort();
}
