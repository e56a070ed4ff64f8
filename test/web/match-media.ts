// jsdom has no matchMedia; the reader's system is a light one. Imported before anything that asks for it.
globalThis.matchMedia ??= ((media: string) =>
  Object.assign(new EventTarget(), { media, matches: false })) as unknown as typeof matchMedia;
