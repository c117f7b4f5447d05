// The stories of the bench: one every five minutes, each the same whenever and wherever it is made.
import type { NewStory } from '../src/content/articles/schema.ts'
import type { NewComment } from '../src/discussion/comments/schema.ts'
import * as people from './people.ts'
import { below, between, pick, type Random, seeded, shuffled } from './random.ts'
import { capital, headline, phrase, sentence } from './vocabulary.ts'

const minute = 60_000
/** From one story to the next, in ms. All that happens to a story happens before the next. */
const pace = 5 * minute

/** A comment as it is sent, after which it is approved; the parent is the place of another in the list. */
export interface Remark {
  comment: Omit<NewComment, 'parentId'>
  parent: number | null
  createdAt: number
  approvedAt: number
}

/** A story as an editor would send it, publish it and have it commented on. */
export interface Sent {
  story: NewStory
  createdAt: number
  publishedAt: number
  remarks: Remark[]
  /** What is random of its ids. */
  random: Random
}

/** Story number `n`, with so many quotes; a brief one has a third of the words. */
export function sent(n: number, { quotes = 2, brief = false } = {}): Sent {
  const random = seeded(1000 + n)
  const createdAt = people.opening + n * pace
  const said = Array.from({ length: quotes }, () => statement(random))
  const speakers = said.map(() => people.speaker(random))
  const story: NewStory = {
    title: headline(random, between(random, 6, 10)),
    dek: random() < 0.7 ? sentence(random, 14) : null,
    language: 'en',
    section: people.section(random),
    tags: people.tagsOf(random),
    dateline: random() < 0.3 ? capital(phrase(random, 1)) : null,
    bylines: people.bylines(random),
    body: { text: paragraphs(random, said, speakers, brief).join('\n\n') },
    quotes: said.map((text, i) => ({ text, attributions: [{ hops: hops(random, speakers[i]!.id) }] })),
    ...(random() < 0.4 && picture(random))
  }
  return { story, createdAt, publishedAt: createdAt + minute, remarks: remarks(n, random, createdAt), random }
}

/** The words of a quote, of which the last is not followed by a full stop. */
const statement = (random: Random) => sentence(random, between(random, 14, 22)).slice(0, -1)

/** About 3 KB of text, in which the quotes stand: 500 words, as most stories have. With four quotes, 5 KB. */
function paragraphs(random: Random, said: string[], speakers: people.Somebody[], brief: boolean): string[] {
  const most = said.length > 2 ? between(random, 13, 19) : between(random, 7, 11)
  const plain = Array.from({ length: brief ? 2 : most }, () =>
    Array.from({ length: between(random, 2, 4) }, () => sentence(random, between(random, 8, 26))).join(' ')
  )
  const quoting = said.map((text, i) => `“${text},” ${speakers[i]!.name} said. ${sentence(random, 12)}`)
  const [first = '', ...others] = plain
  return [first, ...shuffled(random, [...others, ...quoting])]
}

type Hops = NonNullable<NonNullable<NewStory['quotes']>[number]['attributions']>[number]['hops']

function hops(random: Random, sourceId: string): Hops {
  const told: Hops[number] = { sourceId, relation: random() < 0.7 ? 'said' : 'told' }
  const kind = random()
  if (kind < 0.75) return [told]
  if (kind < 0.9) return [{ sourceId: people.organization(random).id, relation: 'reported' }, told]
  return [told, { unnamed: { description: `${phrase(random, 3)}, who was there` }, relation: 'confirmed' }]
}

function picture(random: Random): Pick<NewStory, 'media' | 'leadMediaId'> {
  const photographer = pick(random, people.photographers)
  const agency = pick(random, people.agencies)
  return {
    leadMediaId: 'lead',
    media: [
      {
        key: 'lead',
        kind: 'image',
        url: `https://pictures.example/${below(random, 2 ** 31)}.jpg`,
        caption: sentence(random, 12),
        alt: phrase(random, 6),
        width: 1600,
        height: 900,
        credits: [
          { creditLine: `${photographer} / ${agency}`, creators: [photographer], suppliers: [agency] }
        ]
      }
    ]
  }
}

/** Two comments, the second below the first; every twentieth story has 22, in threads. */
function remarks(n: number, random: Random, createdAt: number): Remark[] {
  const length = n % 20 === 0 ? 22 : 2
  return Array.from({ length }, (_, i) => ({
    comment: {
      author: { name: capital(phrase(random, 1)) },
      body: sentence(random, between(random, 10, 40))
    },
    parent: i === 0 || (i > 1 && random() < 0.4) ? null : below(random, Math.min(i, 7)),
    createdAt: createdAt + 2 * minute + i * 8000,
    approvedAt: createdAt + 2 * minute + i * 8000 + 4000
  }))
}
