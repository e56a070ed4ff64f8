import { inflateSync } from 'node:zlib';

/** Objects of a PDF by number, as they stand in the file. */
function objectsOf(pdf: Buffer): Map<string, string> {
  const text = pdf.toString('latin1');
  return new Map(
    [...text.matchAll(/^(\d+) 0 obj\n([\s\S]*?)\nendobj/gm)].map(([, id = '', body = '']) => [
      id,
      body,
    ]),
  );
}

/** What a stream holds, unpacked. Its last byte may be a carriage return, so the line end before `endstream` is pdfkit's alone. */
function streamOf(object: string): string {
  const [, raw] = /stream\n([\s\S]*?)\nendstream/.exec(object) ?? [];
  if (raw === undefined) return '';
  const bytes = Buffer.from(raw, 'latin1');
  return /\/FlateDecode/.test(object) ? inflateSync(bytes).toString('latin1') : raw;
}

/** Characters by glyph of a font, from its ToUnicode table. */
function charactersOf(table: string): Map<number, string> {
  const characters = new Map<number, string>();
  for (const [, first = '0', list = ''] of table.matchAll(
    /<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g,
  )) {
    const entries = [...list.matchAll(/<([0-9a-f ]*)>/g)];
    entries.forEach(([, units = ''], i) => {
      const codes = units
        .split(' ')
        .filter(Boolean)
        .map((unit) => Number.parseInt(unit, 16));
      characters.set(Number.parseInt(first, 16) + i, String.fromCharCode(...codes));
    });
  }
  return characters;
}

/** Every text of a PDF that pdfkit made, a line for each piece, in the order in which they are drawn; nothing of pictures. */
export function pdfText(pdf: Buffer): string[] {
  const objects = objectsOf(pdf);
  const fonts = new Map<string, Map<number, string>>();
  for (const object of objects.values())
    for (const [, name = '', id = ''] of object.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const [, table = ''] = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '') ?? [];
      fonts.set(name, charactersOf(streamOf(objects.get(table) ?? '')));
    }
  return [...objects.values()].flatMap((object) => {
    const content = streamOf(object);
    return [...content.matchAll(/\/(F\d+) [\d.]+ Tf\n\[([^\]]*)\] TJ/g)].map(
      ([, font = '', shown = '']) =>
        [...shown.matchAll(/<([0-9a-f]*)>/g)]
          .flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
          .map((glyph) => fonts.get(font)?.get(Number.parseInt(glyph, 16)) ?? '?')
          .join(''),
    );
  });
}

/** The file that is attached under a name that is said; '' for none. */
export function attachedText(pdf: Buffer): string {
  const file = [...objectsOf(pdf).values()].find((object) => object.includes('/EmbeddedFile'));
  return file ? Buffer.from(streamOf(file), 'latin1').toString('utf8') : '';
}

export function pageCount(pdf: Buffer): number {
  return Number(/\/Type \/Pages\n\/Count (\d+)/.exec(pdf.toString('latin1'))?.[1]);
}
