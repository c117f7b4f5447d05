// A newsroom to measure on: stories of about the length of real ones, the same on every machine.
import type { NewStory } from '../src/articles/schema.ts'
import { create } from '../src/articles/story.ts'
import { publish } from '../src/publishing/publish.ts'
import type { Database } from '../src/storage/database.ts'

const words =
  'the harbour board said that late ferry would keep sailing through winter because people who work nights need it and no road goes there'.split(
    ' '
  )

/** Numbers from 0 to 1 that look random and are the same in every run (mulberry32). */
function seeded(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

function story(n: number, random: () => number): NewStory {
  const pick = <T>(list: T[]) => list[Math.floor(random() * list.length)]!
  const sentence = (length: number) => `${Array.from({ length }, () => pick(words)).join(' ')}.`
  const said = [`Number ${n} ${sentence(14)}`, `And ${n} ${sentence(18)}`]
  const paragraphs = Array.from({ length: 9 }, () => sentence(60))
  const text = [...said.map((quote) => `"${quote}" Speaker ${n % 97} said.`), ...paragraphs].join('\n\n')
  return {
    title: `Story ${n}: ${sentence(6)}`,
    section: `section-${n % 7}`,
    tags: [`tag-${n % 31}`, `tag-x${n % 13}`],
    language: 'en',
    publishedAt: new Date(Date.UTC(2020, 0, 1) + n * 3_600_000).toISOString(),
    body: { text },
    sources: [{ key: 'speaker', kind: 'person', name: `Speaker ${n % 97}` }],
    quotes: said.map((text) => ({
      text,
      attributions: [{ hops: [{ sourceId: 'speaker', relation: 'said' }] }]
    }))
  }
}

/** Fills the database with published articles and answers their slugs. */
export async function fill(db: Database, articles: number): Promise<string[]> {
  const random = seeded(1)
  const slugs: string[] = []
  for (let n = 0; n < articles; n += 100) {
    await db.write('bench', async (tx) => {
      for (let i = n; i < Math.min(n + 100, articles); i++) {
        const { id, slug } = await create(tx, story(i, random))
        await publish(tx, id, '*')
        slugs.push(slug)
      }
    })
  }
  return slugs
}
