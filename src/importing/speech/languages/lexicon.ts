// The table of a language, compiled for looking words up.
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
  people: RegExp
  groups: RegExp
  documents: RegExp
  outlets: RegExp
  /** Words that stand in no name and no noun. */
  functional: Set<string>
}

const listed = (list = '') => new Set(words(list).map((word) => word.split('+')[0]!))
const noun = (pattern: string) => new RegExp(`^(?:${pattern})$`, 'iu')

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
    people: noun(language.people),
    groups: noun(language.groups),
    documents: noun(language.documents),
    outlets: noun(language.outlets),
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
