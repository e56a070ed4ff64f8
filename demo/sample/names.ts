/** Names that nobody bears: each says that it is one. */
const GIVEN =
  'Quill Bramble Tansy Rook Juniper Otis Mira Sable Fenn Wren Ipsum Clove Ines Hollis Marlo Pim Sorrel Tamsin Vesper Willow Alder Basil Cedar Dorrit Elm Flax Gale Hazel Iris Jory Kestrel Larch Moss Nettle Olive Perrin Quince Rue Sage Thistle Umber Vetch Yarrow Zinnia Aster Briony Cress Dove Ember Fable Garnet Heron Indigo Jasper Kit Linnet Merle Nova Onyx Pepper Robin Sparrow Teal Ursa Vale Whim Xenia Yew Zephyr Arbor Birch Coral Dune'.split(
    ' ',
  );

const SURNAMES =
  'Testerman|Mockford|Dummyfield|Placeholder|Notreal|Examplesen|Fictova|Loremski|Imaginario|Stubbs-Null|van Dolor|Pretendey|Samplova|Fixtureson|Standin|Makebelieve|Nobodyski|Invention|Fabricant|Deskley|Seedwell|Randomov|Phantomas|Modelli|Prototypov|Sketchley|Draftson|Blankenship-Void|Nullman|Tokenby|Demoux|Trialova|Fauxberg|Pseudonym|Anonyma|Quasimoto|Semblance|Likenesse|Variable|Constantin-Test|Figment|Fablethorpe|Mythersby|Legendre-Sample|Novelli|Storyville|Chapterman|Proserpin|Versely|Paragraff|Footnote|Marginalia|Asterisk|Bracketti|Commaford|Ellipsis|Hyphenov|Semicolon|Slashworth|Underscore|Whitespace|Tabley|Newliner|Escapeson|Stringham|Booley|Integerov|Floatman|Arraya|Objectova|Methodius|Classen|Interfaceski|Modulo|Packageby|Importson'.split(
    '|',
  );

export interface Name {
  given: string;
  surname: string;
  /** Part of the user principal name before the @, unique among all numbers. */
  local: string;
}

/** A function that gives name after name; over 5,000 come before one repeats, and then `local` differs. */
export function nameGiver(): () => Name {
  const taken = new Map<string, number>();
  let number = 0;
  return () => {
    // A step that shares no factor with the number of pairs visits every pair once.
    const pair = (number * 2_477) % (GIVEN.length * SURNAMES.length);
    number += 1;
    const given = GIVEN[pair % GIVEN.length] ?? 'Quill';
    const surname = SURNAMES[Math.floor(pair / GIVEN.length)] ?? 'Testerman';
    const plain = `${given[0]}.${surname.replace(/[^A-Za-z]/g, '')}`.toLowerCase();
    const count = (taken.get(plain) ?? 0) + 1;
    taken.set(plain, count);
    return { given, surname, local: count === 1 ? plain : `${plain}${count}` };
  };
}
