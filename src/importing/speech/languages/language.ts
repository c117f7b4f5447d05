// What the grammar of reported speech has to know of a language: its words, one table a language.

/** Classes of verbs, by what they do with the words that are reported. */
export const verbClasses = [
  // S said “...”, S said that ...
  'say',
  // S told X “...”: the one told stands between the verb and the words.
  'tell',
  'write',
  'report',
  'confirm',
  'publish',
  // S called it “...”: joined to a quote without a comma.
  'call',
  // S believes that ...: no words of S, but a claim.
  'think',
  // A poll shows that ...
  'show',
  // S plans to ..., S criticized ...: a claim about what S means or intends.
  'stance',
  // “...,” S mused: words between marks, but no claim.
  'utter'
] as const
export type VerbClass = (typeof verbClasses)[number]

/** The words of one language. Lists are written as words between spaces. */
export interface Language {
  /** BCP 47, without a region. */
  tag: string
  /** Frequent words that few other languages share: they tell which language a text is in. */
  frequent: string
  /** Every inflected form, by class; "point+out" needs its particle right behind. */
  verbs: Partial<Record<VerbClass, string>>
  /** Forms without a subject of their own: "saying". */
  participles?: string
  auxiliaries: string
  /** With these a clause reports nothing: "might say", "did not say". */
  unreal: string
  pronouns: { he: string; she: string; they: string; it: string; first: string }
  /** "the", "one", "several", "her". */
  determiners: string
  prepositions: string
  /** Words that a clause, and with it a subject, may begin after. */
  conjunctions: string
  relatives: string
  complementizers: string
  adverbs: string
  /** "according to", whole phrases between "|". */
  according: string
  /** Nouns for people, groups and documents, by how they end: a pattern without anchors. */
  people: string
  groups: string
  documents: string
  outlets: string
  /** Articles and the like that no subject has: "dem", "einen". */
  oblique?: string
  /** How a noun for a woman ends, where the language says so; applied to role nouns alone. */
  feminine?: RegExp
  masculine?: RegExp
  /** The small words within names. */
  particles: string
  abbreviations: string
  /** German nouns have capitals: one capital word alone is no name. */
  capitalNouns?: true
  /** The verb is second: "Am Montag sagte S". */
  verbSecond?: true
  /** A dash at the start of a paragraph opens speech. */
  dialogueDash?: true
  /** The cue may stand within the marks: « Le gel, explique S, est venu. » */
  incise?: true
  /** A verb alone has the speaker of before as its subject. */
  dropsPronouns?: true
}

/** The words of a list that white space divides. */
export const words = (list: string) => list.split(/\s+/).filter(Boolean)

/** Forms of regular verbs: every stem with every ending. */
export const stems = (list: string, endings: string) =>
  words(list)
    .flatMap((stem) => endings.split('|').map((ending) => stem + ending))
    .join(' ')
