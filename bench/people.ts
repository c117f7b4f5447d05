// Who and what the stories of the bench are about: the same in every newsroom, of whatever size.
import { TypeID } from 'typeid-js'
import type { NewSource } from '../src/content/sources/schema.ts'
import type { Prefix } from '../src/http/schemas.ts'
import { below, between, pick, type Random, seeded, weighted, zipf } from './random.ts'
import { capital, contentWords, fullName, phrase } from './vocabulary.ts'

/** When the newsroom was opened: its sources were made before the first story. */
export const opening = Date.UTC(2016, 0, 1)

/** A TypeID of this instant. */
export function idAt(random: Random, prefix: Prefix, at: number): string {
  const bytes = new Uint8Array(16)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, Math.floor(at / 65536))
  view.setUint16(4, at % 65536)
  for (let i = 6; i < 16; i += 2) view.setUint16(i, below(random, 65536))
  // The version and variant of a UUIDv7 (RFC 9562, 5.7).
  bytes[6] = (bytes[6]! & 0x0f) | 0x70
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return TypeID.fromUUIDBytes(prefix, bytes).toString()
}

/** A source, and the instant it was made. */
export type Somebody = Required<Omit<NewSource, 'externalId'>> & { id: string; at: number }

const random = seeded(11)
const organizations = Array.from({ length: 80 }, (_, i) => somebody(i, 'organization', null))
const persons = Array.from({ length: 4000 }, (_, i) =>
  somebody(80 + i, 'person', random() < 0.6 ? pick(random, organizations).id : null)
)
export const sources = [...organizations, ...persons]

function somebody(n: number, kind: NewSource['kind'], affiliationId: string | null): Somebody {
  const at = opening - 86_400_000 + n * 1000
  const name = kind === 'person' ? fullName(random) : `${capital(pick(random, contentWords))} Board`
  return {
    id: idAt(random, 'src', at),
    at,
    kind,
    name,
    role: kind === 'person' ? phrase(random, 2) : null,
    affiliationId,
    url: null,
    sameAs: [],
    aliases: [],
    notes: null
  }
}

const anyPerson = weighted(zipf(persons.length - 150, 0.6))
/** Somebody who is asked; some are asked much oftener than others. */
export const speaker = (random: Random) => persons[150 + anyPerson(random)]!
export const organization = (random: Random) => pick(random, organizations)

/** Those who write: half of them are sources as well. */
const reporters = persons
  .slice(0, 150)
  .map(({ id, name }, i) => (i % 2 === 0 ? { sourceId: id, name } : { name, role: 'correspondent' }))

/** One reporter, or two. */
export function bylines(random: Random) {
  const first = below(random, reporters.length)
  if (random() < 0.8) return [reporters[first]!]
  return [reporters[first]!, reporters[(first + between(random, 1, 9)) % reporters.length]!]
}

export const photographers = Array.from({ length: 60 }, () => fullName(random))
export const agencies = Array.from({ length: 5 }, () => `${capital(pick(random, contentWords))} Pictures`)

export const sections = [
  'news',
  'politics',
  'world',
  'business',
  'harbour',
  'culture',
  'sport',
  'science'
].concat(['opinion', 'health', 'schools', 'weather'])
const anySection = weighted(zipf(sections.length, 0.7))
export const section = (random: Random) => sections[anySection(random)]!

const tags = contentWords.slice(100, 600)
const anyTag = weighted(zipf(tags.length, 0.8))
/** One to five tags; a few of them are on many stories. */
export const tagsOf = (random: Random) => [
  ...new Set(Array.from({ length: between(random, 1, 5) }, () => tags[anyTag(random)]!))
]
