/** A couple, its children by name. */
interface Couple {
  readonly husband: string;
  readonly wife: string;
  /** A son and a daughter, or none. */
  readonly children: readonly string[];
}

/** A family of three generations as the paper draws it. */
type Family = readonly Couple[];

/** Hinton 1986, figure 1: two families of one shape. */
const FAMILIES: readonly Family[] = [
  [
    { husband: 'Christopher', wife: 'Penelope', children: ['Arthur', 'Victoria'] },
    { husband: 'Andrew', wife: 'Christine', children: ['James', 'Jennifer'] },
    { husband: 'Arthur', wife: 'Margaret', children: [] },
    { husband: 'James', wife: 'Victoria', children: ['Colin', 'Charlotte'] },
    { husband: 'Charles', wife: 'Jennifer', children: [] },
  ],
  [
    { husband: 'Roberto', wife: 'Maria', children: ['Emilio', 'Lucia'] },
    { husband: 'Pierro', wife: 'Francesca', children: ['Marco', 'Angela'] },
    { husband: 'Emilio', wife: 'Gina', children: [] },
    { husband: 'Marco', wife: 'Lucia', children: ['Alfonso', 'Sophia'] },
    { husband: 'Tomaso', wife: 'Angela', children: [] },
  ],
];

export const RELATIONS = [
  'father',
  'mother',
  'husband',
  'wife',
  'son',
  'daughter',
  'uncle',
  'aunt',
  'brother',
  'sister',
  'nephew',
  'niece',
] as const;

type Relation = (typeof RELATIONS)[number];

/** Somebody, a relation, and all to whom it leads. */
export interface Triple {
  readonly person: number;
  readonly relation: number;
  readonly answers: readonly number[];
}

/** The people of a family in the order of the paper's trees: couples from the eldest, then the youngest. */
function membersOf(family: Family): string[] {
  const names = family.flatMap(({ husband, wife, children }) => [husband, wife, ...children]);
  return [...new Set(names)];
}

/** Everybody, one family after the other. */
export const PEOPLE: readonly string[] = FAMILIES.flatMap(membersOf);

/** Every person and relation that leads to somebody: 52 in each family. */
export const TRIPLES: readonly Triple[] = FAMILIES.flatMap((family) =>
  membersOf(family).flatMap((person) =>
    RELATIONS.flatMap((relation, index): Triple[] => {
      const answers = related(family, person, relation);
      if (answers.length === 0) return [];
      return [
        {
          person: PEOPLE.indexOf(person),
          relation: index,
          answers: answers.map((name) => PEOPLE.indexOf(name)),
        },
      ];
    }),
  ),
);

function related(family: Family, person: string, relation: Relation): string[] {
  const parents = family.filter(({ children }) => children.includes(person));
  const marriages = family.filter(({ husband, wife }) => husband === person || wife === person);
  const siblings = parents.flatMap(({ children }) => children).filter((name) => name !== person);
  const children = marriages.flatMap((couple) => couple.children);
  // an uncle's wife is an aunt
  const elders = parents.flatMap(({ husband, wife }) => [
    ...couplesOfSiblings(family, husband),
    ...couplesOfSiblings(family, wife),
  ]);
  const young = marriages
    .flatMap(({ husband, wife }) => [husband, wife])
    .flatMap((name) => couplesOfSiblings(family, name))
    .flatMap((couple) => couple.children);
  const spouses = (role: 'husband' | 'wife') =>
    marriages.map((couple) => couple[role]).filter((name) => name !== person);
  const found: Record<Relation, string[]> = {
    father: parents.map(({ husband }) => husband),
    mother: parents.map(({ wife }) => wife),
    husband: spouses('husband'),
    wife: spouses('wife'),
    son: children.filter((name) => isMale(family, name)),
    daughter: children.filter((name) => !isMale(family, name)),
    uncle: elders.map(({ husband }) => husband),
    aunt: elders.map(({ wife }) => wife),
    brother: siblings.filter((name) => isMale(family, name)),
    sister: siblings.filter((name) => !isMale(family, name)),
    nephew: young.filter((name) => isMale(family, name)),
    niece: young.filter((name) => !isMale(family, name)),
  };
  return [...new Set(found[relation])];
}

/** The marriages of somebody's brothers and sisters. */
function couplesOfSiblings(family: Family, person: string): Couple[] {
  const siblings = family
    .flatMap(({ children }) => (children.includes(person) ? children : []))
    .filter((name) => name !== person);
  return family.filter(({ husband, wife }) => siblings.includes(husband) || siblings.includes(wife));
}

/** A son stands before a daughter. */
function isMale(family: Family, name: string): boolean {
  return family.some(({ children }) => children[0] === name);
}
