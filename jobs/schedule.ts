import cron from 'node-cron';
import type { FeedName } from '../db/store/feed-runs.ts';
import type { Settings } from '../db/store/settings.ts';

/**
 * Starts the clock for every feed that is switched on: five cron fields of its
 * setting, in UTC. A tick only says that a feed is due; whoever gets it decides.
 * The function it answers stops all of them.
 */
export function startSchedule(
  feeds: readonly FeedName[],
  settings: Settings,
  onDue: (feed: FeedName) => void,
): () => Promise<void> {
  const tasks = feeds
    .filter((feed) => settings[`feed.${feed}`] !== 'false')
    .flatMap((feed) => {
      const fields = settings[`schedule.${feed}`];
      if (!fields) return [];
      return [cron.schedule(fields, () => onDue(feed), { name: feed, timezone: 'UTC' })];
    });
  return async () => {
    await Promise.all(tasks.map((task) => task.destroy()));
  };
}
