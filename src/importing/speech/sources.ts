// The sources of a story: every speaker once, under one name.
import type { NewStory } from '../../content/articles/schema.ts'
import { truncate } from '../../content/body/pieces.ts'
import type { Warn } from '../page/lines.ts'
import type { Cue } from './grammar/cue.ts'
import {
  fullName,
  isOrganizationName,
  isPlaceName,
  type Mention,
  type Names,
  namesIn
} from './grammar/names.ts'
import type { Gender, Kind, Speaker } from './grammar/speakers.ts'
import type { Lexicon } from './languages/lexicon.ts'

type Source = NonNullable<NewStory['sources']>[number] & { key: string }
type Named = Extract<Speaker, { as: 'name' }>
const maxSources = 200

/** The sources found so far, in one story. */
export interface SourceList {
  sources: Source[]
  /** Every name in the story's text, to resolve short ones by. */
  names: Names
  /** Who spoke last, to resolve pronouns by. */
  last: Partial<Record<Kind | 'quoted', string>>
  /** What the page says of people's gender, by their titles. */
  genders: Map<string, Gender>
  lexicon: Lexicon
  warn: Warn
}

/** The list of a story in which nobody was found yet. */
export const newSourceList = (text: string, lexicon: Lexicon, warn: Warn): SourceList => ({
  sources: [],
  names: namesIn(text, lexicon),
  last: {},
  genders: new Map(),
  lexicon,
  warn
})

/** "the company": kept as a source of its own, for the editor to name. */
export function groupKey(
  sourceList: SourceList,
  { name, kind, words }: Extract<Speaker, { as: 'group' }>
): string | undefined {
  const known = sourceList.sources.find((source) => source.name.toLowerCase() === name.toLowerCase())
  if (known) return known.key
  sourceList.warn({
    code: 'source-not-named',
    detail: `"${name}" is no name: say which ${kind} it is.`,
    words
  })
  return addSource(sourceList, { kind, name })
}

/** The key of the source with this name, put on the list when it is new; undefined when the list is full. */
export function keyOf(sourceList: SourceList, speaker: Named, relation: Cue['relation']): string | undefined {
  const full = fullName(speaker.name, sourceList.names)
  const name = full?.name ?? speaker.name
  const role = speaker.role ?? full?.title
  const known = sourceList.sources.find((source) => source.name === name)
  if (full) withFullName(sourceList, speaker, full)
  if (speaker.gender) sourceList.genders.set(name, speaker.gender)
  if (!known)
    return addSource(sourceList, {
      kind: kindOf(sourceList, { ...speaker, name, role }, relation),
      name,
      ...(role && { role: truncate(role, 500) })
    })
  if (role && !known.role && known.kind === 'person') known.role = truncate(role, 500)
  return known.key
}

function withFullName({ warn }: SourceList, { name, role }: Named, full: Mention) {
  warn({ code: 'name-resolved', detail: `"${name}" was taken to be ${full.name}.`, words: name })
  if (role || !full.title) return
  warn({
    code: 'role-guessed',
    detail: `The role of ${full.name} was read from the words before the name.`,
    words: `${full.title} ${full.name}`
  })
}

/** What kind of source a name is; told to the editor where the page does not say so. */
function kindOf({ warn }: SourceList, { name, kind, role }: Named, relation: Cue['relation']): Kind {
  if (kind === 'person' || (role && kind === undefined)) return 'person'
  const single = !name.includes(' ')
  const reports = /report|published/.test(relation) || (relation === 'according' && single)
  const guess = kind ?? (isOrganizationName(name) || isPlaceName(name) || reports ? 'organization' : 'person')
  warn({
    code: 'kind-guessed',
    detail: `${name} was taken to be ${guess === 'person' ? 'a person' : 'an organization'}.`,
    words: name
  })
  return guess
}

function addSource({ sources, warn }: SourceList, source: Omit<Source, 'key'>): string | undefined {
  if (sources.length === maxSources) {
    warn({
      code: 'too-many-sources',
      detail: 'A story has room for 200 sources: this one was left out.',
      words: source.name
    })
    return undefined
  }
  const key = `source-${sources.length + 1}`
  sources.push({ key, ...source, name: truncate(source.name, 300) })
  return key
}
