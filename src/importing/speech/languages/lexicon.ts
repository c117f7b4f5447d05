// The table of a language, compiled for looking words up.
import { shapeOf } from '../lower-words.ts'
import { type Language, type VerbClass, verbClasses, words } from './language.ts'

/** One reading of an inflected form: what class of verb it is, and the particle that must follow it. */
export interface VerbSense {
  verbClass: VerbClass
  particle?: string
}

/** The lists of a language that are asked whether they have a word. */
const sets = [
  'participles',
  'oblique',
  'auxiliaries',
  'unreal',
  'determiners',
  'prepositions',
  'conjunctions',
  'relatives',
  'complementizers',
  'adverbs',
  'particles',
  'abbreviations',
  'frequent'
] as const
type Sets = (typeof sets)[number]
export type PronounForm = 'he' | 'she' | 'they' | 'it' | 'first'

export interface Lexicon extends Record<Sets, Set<string>> {
  language: Language
  verbs: Map<string, VerbSense[]>
  pronouns: Map<string, PronounForm>
  according: RegExp
  /** The phrases of `according`, in lower case. */
  accordingWords: string[]
  people: Nouns
  groups: Nouns
  documents: Nouns
  outlets: Nouns
  /** Words that stand in no name and no noun. */
  functional: Set<string>
}

const listed = (list = '') => new Set(words(list).map((word) => word.split('+')[0]!))

/** For so many words it is kept whether they are such nouns, as a power of two. */
const keptBits = 10

/** Nouns of a kind. A text has the same words again and again, and the pattern is a long one. */
class Nouns {
  readonly #pattern: RegExp
  readonly #words: string[] = new Array<string>(2 ** keptBits).fill('')
  readonly #answers = new Uint8Array(2 ** keptBits)

  constructor(pattern: string) {
    this.#pattern = new RegExp(`^(?:${pattern})$`, 'iu')
  }

  test(word: string): boolean {
    // Each word has one place, which it shares with others (Fibonacci hashing).
    const place = Math.imul(shapeOf(word, 0, word.length), 0x9e3779b1) >>> (32 - keptBits)
    if (this.#words[place] !== word) {
      this.#answers[place] = Number(this.#pattern.test(word))
      // A copy: a piece of a text would keep all of it.
      this.#words[place] = Buffer.from(word).toString()
    }
    return this.#answers[place] === 1
  }
}

function verbsOf({ verbs, participles }: Language) {
  const senses = new Map<string, VerbSense[]>()
  const add = (form: string, verbClass: VerbClass) => {
    const [verb = '', particle] = form.split('+')
    const known = senses.get(verb) ?? []
    senses.set(verb, [...known, { verbClass, ...(particle && { particle }) }])
  }
  for (const verbClass of verbClasses) for (const form of words(verbs[verbClass] ?? '')) add(form, verbClass)
  const isStance = (sense: VerbSense) => sense.verbClass === 'stance'
  for (const form of new Set(words(participles ?? ''))) {
    const [verb = '', particle] = form.split('+')
    const stem = verb.replace(/ing$/, '')
    const finite = [stem, `${stem}e`, stem.replace(/(.)\1$/, '$1')].flatMap((base) => senses.get(base) ?? [])
    const own = finite.filter((sense) => sense.particle === particle)
    const base = /^tell|^inform|^assur|^remind|^notif/.test(form) ? 'tell' : 'say'
    if (own.length === 0 || !own.every(isStance)) add(form, base)
    if (own.some(isStance)) add(form, 'stance')
  }
  return senses
}

const compiled = new Map<string, Lexicon>()

/** The language's table, compiled once a process. */
export function lexiconOf(language: Language): Lexicon {
  const known = compiled.get(language.tag)
  if (known) return known
  const pronouns = Object.entries(language.pronouns).flatMap(([form, list]) =>
    words(list).map((word) => [word, form as PronounForm] as const)
  )
  const tables = Object.fromEntries(sets.map((name) => [name, listed(language[name])])) as Record<
    Sets,
    Set<string>
  >
  const { auxiliaries, unreal, prepositions, conjunctions, relatives, complementizers, adverbs } = tables
  const lexicon: Lexicon = {
    ...tables,
    language,
    verbs: verbsOf(language),
    pronouns: new Map(pronouns),
    according: new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${language.according})(?![\p{L}\p{N}])`, 'iu'),
    accordingWords: language.according.toLowerCase().split('|'),
    people: new Nouns(language.people),
    groups: new Nouns(language.groups),
    documents: new Nouns(language.documents),
    outlets: new Nouns(language.outlets),
    functional: new Set([
      ...auxiliaries,
      ...unreal,
      ...prepositions,
      ...conjunctions,
      ...relatives,
      ...complementizers,
      ...adverbs,
      ...pronouns.map(([word]) => word)
    ])
  }
  compiled.set(language.tag, lexicon)
  return lexicon
}
