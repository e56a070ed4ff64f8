/**
 * Reads a state for no other reason than to run again when it changes: `follow(collection.edition)`.
 *
 * A bare `collection.edition;` would do in Svelte, but the build takes reading a property for nothing (vite.config.ts)
 * and leaves it out: the page would never ask again.
 */
export function follow(state: unknown): void {
  // Never so, but nobody can tell beforehand: what could throw is not left out.
  if (state === follow) throw new TypeError('follow() cannot follow itself');
}
