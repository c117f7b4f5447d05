// Whom a pronoun stands for. A wrong name is worse than none: where two people fit, nobody is meant.
import { sentences } from '../sentences.ts'
import { keyOf, type SourceList } from '../sources.ts'
import { givenNameGender } from './givennames.ts'
import { fullName, isOrganizationName, isPlaceName } from './names.ts'
import { phraseAt } from './phrases.ts'
import type { Gender, Speaker } from './speakers.ts'
import { mainSubject } from './subjects.ts'
import { type Clause, clauseOf } from './tokens.ts'

/** The words a pronoun looks back at: some paragraphs, and its own up to it. */
export interface PrecedingText {
  text: string
  /** The verb says that the last speaker goes on. */
  adds?: boolean
}

/** A person named before the pronoun. */
interface Candidate {
  name: string
  role?: string
  gender?: Gender
  /** The sentence that named them last, and whether they were its subject there. */
  sentence: number
  subject: boolean
  spoke: boolean
}

/** The key of the person or the description of the people meant; undefined when nobody can tell. */
export function resolvePronoun(
  sourceList: SourceList,
  form: Gender | 'they' | 'dropped',
  { text, adds }: PrecedingText
): string | undefined {
  if (form === 'dropped') return sourceList.last.person
  if (form === 'they') return resolveThey(sourceList, text)
  const all = candidatesIn(sourceList, text)
  // "she added": who spoke last goes on, unless it was somebody of another gender.
  const quoted = adds ? lastOf(sourceList, form) : undefined
  if (quoted !== undefined) return quoted
  const chosen = onlyCandidate(
    [...all.values()].filter(({ gender }) => gender === undefined || gender === form),
    form
  )
  if (chosen)
    return keyOf(
      sourceList,
      { as: 'name', name: chosen.name, role: chosen.role, kind: 'person', words: chosen.name },
      'said'
    )
  return all.size === 0 ? lastOf(sourceList, form) : undefined
}

/** The last speaker, when no person at all is named between. */
function lastOf({ last, sources, genders }: SourceList, form: Gender): string | undefined {
  const source = sources.find(({ key }) => key === (last.quoted ?? last.person))
  if (source?.kind !== 'person') return undefined
  const gender = genders.get(source.name) ?? givenNameGender(source.name)
  return gender === undefined || gender === form ? source.key : undefined
}

function onlyCandidate(fits: Candidate[], form: Gender): Candidate | undefined {
  if (fits.length < 2) return fits[0]
  const latest = Math.max(...fits.filter(({ subject }) => subject).map(({ sentence }) => sentence))
  const subjects = fits.filter(({ subject, sentence }) => subject && sentence === latest)
  const last = Math.max(...fits.map(({ sentence }) => sentence))
  const known = fits.filter(({ gender }) => gender === form)
  if (known.length === 1 && known[0]!.sentence === last) return known[0]
  const [subject] = subjects
  // Whom the last sentences are about goes before who is only named in them, unless only the other is known to fit.
  if (subjects.length !== 1 || (subject!.gender === undefined && known.length > 0 && !subject!.spoke))
    return undefined
  return subject
}

/** Every person named in the text, with where and how they were named last. */
function candidatesIn(sourceList: SourceList, text: string): Map<string, Candidate> {
  const found = new Map<string, Candidate>()
  const speaker = sourceList.sources.find(({ key }) => key === sourceList.last.person)?.name
  for (const [i, { start, end }] of sentences(text).entries()) {
    const clause = clauseOf(text.slice(start, end), sourceList.lexicon)
    const subject = mainSubject(clause)
    for (let at = 0; at < clause.tokens.length; ) {
      const phrase = phraseAt(clause, at)
      const person = phrase && personOf(sourceList, phrase.speaker)
      if (person) {
        const isSubject = isNamed(subject, phrase.speaker) && !isCoordinated(clause, phrase.end)
        const known = found.get(person.name)
        const again = known && {
          ...known,
          gender: known.gender ?? person.gender,
          role: known.role ?? person.role
        }
        const stays = known?.sentence === i && known.subject
        found.set(person.name, {
          ...person,
          ...again,
          sentence: i,
          subject: stays || isSubject || person.name === speaker,
          spoke: person.name === speaker
        })
      }
      at = phrase && phrase.end > at && person ? phrase.end : at + 1
    }
  }
  return found
}

const isNamed = (subject: Speaker | undefined, speaker: Speaker) =>
  subject?.as === 'name' && speaker.as === 'name' && subject.name === speaker.name
const isCoordinated = ({ tokens }: Clause, end: number) =>
  /^(?:and|und|et|y|e|og|och|en|&)$/.test(tokens[end]?.lower ?? '') && tokens[end + 1]?.capital === true

/** The person a phrase names: somebody with a title, a given name, or who spoke before; never a place. */
function personOf(
  sourceList: SourceList,
  speaker: Speaker
): Pick<Candidate, 'name' | 'role' | 'gender'> | undefined {
  if (speaker.as !== 'name' || speaker.kind === 'organization') return undefined
  const full = fullName(speaker.name, sourceList.names)
  const name = full?.name ?? speaker.name
  const source = sourceList.sources.find((source) => source.name === name)
  const role = speaker.role ?? full?.title
  const given = givenNameGender(name)
  if (source ? source.kind !== 'person' : !role && !given) return undefined
  if (!source && (isOrganizationName(name) || isPlaceName(name))) return undefined
  const gender = speaker.gender ?? sourceList.genders.get(name) ?? given
  return { name, ...(role && { role }), ...(gender && { gender }) }
}

/** "they": the people the last sentence is about, when it says who they are. */
function resolveThey(sourceList: SourceList, text: string): string | undefined {
  for (const { start, end } of sentences(text).slice(-3).reverse()) {
    const subject = mainSubject(clauseOf(text.slice(start, end), sourceList.lexicon))
    if (subject?.as === 'pronoun') continue
    return subject?.as === 'unnamed' && subject.unnamed.count !== 1 ? subject.unnamed.description : undefined
  }
  return undefined
}
