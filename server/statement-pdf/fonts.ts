import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';

/** Regular and semibold. */
export type Weight = 400 | 600;

/** Source Sans 3 (SIL Open Font License): Latin, Greek and Cyrillic, figures of one width. */
const FILES: Record<Weight, string> = {
  400: '400Regular/SourceSans3_400Regular.ttf',
  600: '600SemiBold/SourceSans3_600SemiBold.ttf',
};

/** A file of the face, as it is embedded. */
export interface Face {
  name: string;
  bytes: Buffer;
  has: (character: string) => boolean;
}

const require = createRequire(import.meta.url);
const open = new Map<Weight, Face>();

/** The face of a weight; its file is read once. */
export function faceOf(weight: Weight): Face {
  const known = open.get(weight);
  if (known) return known;
  const bytes = readFileSync(require.resolve(`@expo-google-fonts/source-sans-3/${FILES[weight]}`));
  const font = create(bytes) as Font;
  const has = (character: string) =>
    font.hasGlyphForCodePoint(character.codePointAt(0) ?? Number.NaN);
  const face = { name: `Source Sans 3 ${weight}`, bytes, has };
  open.set(weight, face);
  return face;
}

/** Stands for a character that the face does not have. */
const BOX = '□';

/** A piece of a text: `shown` is drawn, `text` is what it says. They differ where the face lacks the characters. */
export interface Run {
  text: string;
  shown: string;
}

/** `text` in pieces that the face has or lacks, in order. */
export function runsOf(text: string, { has }: Face): Run[] {
  const runs: (Run & { isKnown: boolean })[] = [];
  for (const character of text) {
    const isKnown = has(character);
    const shown = isKnown ? character : BOX;
    const last = runs.at(-1);
    if (last?.isKnown === isKnown) {
      last.text += character;
      last.shown += shown;
    } else runs.push({ text: character, shown, isKnown });
  }
  return runs;
}
