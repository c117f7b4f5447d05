// The sources of a story: every speaker once, under one name.
import type { NewStory } from '../articles/schema.ts'
import type { NewHop } from '../attributions/schema.ts'
import type { Cue } from './cues.ts'
import { cut, type Warn } from './lines.ts'
import {
  fullName,
  isOrganizationName,
  isOutletName,
  type Mention,
  mentions,
  type Names,
  namesIn
} from './names.ts'
import type { Kind, Speaker } from './speakers.ts'

type Source = NonNullable<NewStory['sources']>[number] & { key: string }
type Named = Extract<Speaker, { as: 'name' }>
const mostSources = 200

/** The sources found so far, in one story. */
export interface Roll {
  sources: Source[]
  /** Every name in the story's text, to resolve short ones by. */
  names: Names
  /** Who spoke last, to resolve pronouns by. */
  last: Partial<Record<Kind, string>>
  warn: Warn
}

export const openRoll = (text: string, warn: Warn): Roll => ({
  sources: [],
  names: namesIn(text),
  last: {},
  warn
})

/** The chain from the reader to the origin; undefined when nobody more can be told of. */
export function hopsOf(roll: Roll, cue: Cue, before: string): NewHop[] | undefined {
  const outlet = cue.told !== undefined && isOutletName(cue.told) ? outletNamed(roll, cue.told) : undefined
  const origin = hop(roll, cue, before)
  if (!origin) return undefined
  return outlet ? [{ sourceId: outlet, relation: 'reported' }, origin] : [origin]
}

const outletNamed = (roll: Roll, name: string) =>
  keyOf(roll, { as: 'name', name, kind: 'organization', words: name, length: name.length }, 'told')

function hop(roll: Roll, { speaker, relation }: Cue, before: string): NewHop | undefined {
  if (speaker.as === 'unnamed') return unnamedHop(speaker, relation)
  if (speaker.as === 'pronoun') return pronounHop(roll, speaker, relation, before)
  const sourceId = speaker.as === 'group' ? groupKey(roll, speaker) : keyOf(roll, speaker, relation)
  if (sourceId === undefined) return undefined
  const { kind } = roll.sources.find(({ key }) => key === sourceId)!
  if (kind !== 'document') roll.last[kind] = sourceId
  return { sourceId, relation: plain(relation, kind === 'organization') }
}

/** What "according to" says of a source: an outlet reports, everybody else says. */
const plain = (relation: Cue['relation'], reports: boolean): NewHop['relation'] =>
  relation === 'according' ? (reports ? 'reported' : 'said') : relation

const unnamedHop = ({ unnamed }: Extract<Speaker, { as: 'unnamed' }>, relation: Cue['relation']): NewHop => ({
  unnamed: { ...unnamed, description: cut(unnamed.description, 500) },
  relation: plain(relation, false)
})

/** "she": the person named last before these words; where there is none, the word itself is all the page says. */
function pronounHop(roll: Roll, speaker: Speaker, relation: Cue['relation'], before: string): NewHop {
  const said = plain(relation, false)
  const sourceId = /^it$/i.test(speaker.words) ? roll.last.organization : antecedent(roll, before)
  if (sourceId === undefined) {
    roll.warn({
      code: 'speaker-unknown',
      detail: `The page does not name whom "${speaker.words}" stands for.`,
      words: speaker.words
    })
    return { unnamed: { description: speaker.words }, relation: said }
  }
  const { name } = roll.sources.find(({ key }) => key === sourceId)!
  roll.warn({
    code: 'pronoun-resolved',
    detail: `"${speaker.words}" was taken to be ${name}.`,
    words: speaker.words
  })
  return { sourceId, relation: said }
}

/** The person named nearest before: a speaker, or a name of two words or more. */
function antecedent(roll: Roll, before: string): string | undefined {
  const spoke = roll.sources.find(({ key }) => key === roll.last.person)
  const spokeAt = spoke ? before.lastIndexOf(spoke.name.split(' ').at(-1)!) : -1
  const nearest = mentions(before).findLast(({ name }) => !isOrganizationName(name))
  if (!nearest || (spoke && nearest.at <= spokeAt)) return spoke?.key
  return keyOf(
    roll,
    { as: 'name', name: nearest.name, role: nearest.title, kind: 'person', words: nearest.name, length: 0 },
    'said'
  )
}

/** "the company": kept as a source of its own, for the editor to name. */
function groupKey(roll: Roll, { name, words }: Extract<Speaker, { as: 'group' }>): string | undefined {
  const known = roll.sources.find((source) => source.name.toLowerCase() === name.toLowerCase())
  if (known) return known.key
  roll.warn({
    code: 'source-not-named',
    detail: `"${name}" is no name: say which organization it is.`,
    words
  })
  return added(roll, { kind: 'organization', name })
}

/** The key of the source with this name, put on the roll when it is new; undefined when the roll is full. */
function keyOf(roll: Roll, speaker: Named, relation: Cue['relation']): string | undefined {
  const full = fullName(speaker.name, roll.names)
  const name = full?.name ?? speaker.name
  const role = speaker.role ?? full?.title
  const known = roll.sources.find((source) => source.name === name)
  if (full) resolved(roll, speaker, full)
  if (!known)
    return added(roll, {
      kind: kindOf(roll, { ...speaker, name, role }, relation),
      name,
      ...(role && { role: cut(role, 500) })
    })
  if (role && !known.role && known.kind === 'person') known.role = cut(role, 500)
  return known.key
}

function resolved({ warn }: Roll, { name, role }: Named, full: Mention) {
  warn({ code: 'name-resolved', detail: `"${name}" was taken to be ${full.name}.`, words: name })
  if (role || !full.title) return
  warn({
    code: 'role-guessed',
    detail: `The role of ${full.name} was read from the words before the name.`,
    words: `${full.title} ${full.name}`
  })
}

/** What kind of source a name is; told to the editor where the page does not say so. */
function kindOf({ warn }: Roll, { name, kind, role }: Named, relation: Cue['relation']): Kind {
  if (kind === 'person' || (role && kind === undefined)) return 'person'
  const single = !name.includes(' ')
  const reports = /report|published/.test(relation) || (relation === 'according' && single)
  const guess = kind ?? (isOrganizationName(name) || reports ? 'organization' : 'person')
  warn({
    code: 'kind-guessed',
    detail: `${name} was taken to be ${guess === 'person' ? 'a person' : 'an organization'}.`,
    words: name
  })
  return guess
}

function added({ sources, warn }: Roll, source: Omit<Source, 'key'>): string | undefined {
  if (sources.length === mostSources) {
    warn({
      code: 'too-many-sources',
      detail: 'A story has room for 200 sources: this one was left out.',
      words: source.name
    })
    return undefined
  }
  const key = `source-${sources.length + 1}`
  sources.push({ key, ...source, name: cut(source.name, 300) })
  return key
}
