// The sample newsroom: what `npm start` shows a newcomer.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { withConvertedBody } from '../content/articles/body-conversion.ts'
import type { NewStory } from '../content/articles/schema.ts'
import * as articles from '../content/articles/store.ts'
import { create, createShared } from '../content/articles/story.ts'
import type { NewCorrection } from '../content/corrections/schema.ts'
import * as corrections from '../content/corrections/store.ts'
import { Keys } from '../content/external/keys.ts'
import { create as comment } from '../discussion/comments/insert.ts'
import type { NewComment } from '../discussion/comments/schema.ts'
import { decide } from '../discussion/decisions/decide.ts'
import { publish } from '../publishing/compile/publish.ts'
import type { Database, Writer } from '../storage/database.ts'

interface SampleComment extends NewComment {
  status: 'approved' | 'pending' | 'rejected'
  replies?: SampleComment[]
}

interface Sample extends Pick<NewStory, 'sources' | 'media'> {
  stories: { story: NewStory; publish: boolean; corrections?: NewCorrection[]; comments?: SampleComment[] }[]
}

/** Where the pictures of the sample are: the site serves them. */
const pictures = 'http://127.0.0.1:3000/sample/pictures/'

/**
 * Loads the sample newsroom, all of it or nothing, and answers how many articles it has. Its pictures are those of the
 * site at `origin`.
 */
export async function loadSample(db: Database, origin = 'http://127.0.0.1:3000'): Promise<number> {
  const file = join(import.meta.dirname, '../../sample/newsroom.json')
  const text = readFileSync(file, 'utf8').replaceAll(pictures, `${origin}/sample/pictures/`)
  const { stories, ...shared } = JSON.parse(text) as Sample
  // Their bodies are Portable Text: loading what reads Markdown and HTML would take a third of the first start.
  const read = await Promise.all(
    stories.map(async (one) => ({ ...one, ...(await withConvertedBody(one.story, {})) }))
  )
  return db.write('sample newsroom', async (tx) => {
    const keys = new Keys()
    await createShared(tx, keys, shared)
    for (const one of read) {
      const { id } = await create(tx, one.input, keys)
      for (const correction of one.corrections ?? []) await corrections.create(tx, id, correction)
      if (one.publish) await publish(tx, id, '*')
      const article = (await articles.byIdOrSlug(tx, id))!
      for (const sample of one.comments ?? []) await post(tx, article, sample, null)
    }
    return stories.length
  })
}

/** Posts a comment, decides on it as its moderator did, and posts the replies to it. */
async function post(
  tx: Writer,
  article: articles.WorkingCopy,
  sample: SampleComment,
  parentId: string | null
) {
  const { status, replies = [], ...input } = sample
  const { id } = await comment(tx, article, { ...input, parentId })
  if (status === 'approved') await decide(tx, id, '*', 'approve', {})
  if (status === 'rejected') await decide(tx, id, '*', 'reject', { reasons: ['against the house rules'] })
  for (const reply of replies) await post(tx, article, reply, id)
}
