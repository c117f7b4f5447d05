import { type Static, Type } from 'typebox'
import { choice, Instant, id, nullable, ref, strict } from '../../http/schemas.ts'

export const MergeTarget = strict(
  {
    into: { ...id('src'), description: 'The source that it is: it stays, and gets the names of the other.' }
  },
  { $id: 'MergeTarget', examples: [{ into: 'src_01k9v3w8zhe5ra4gxm7y2bqd6c' }] }
)
export type MergeTarget = Static<typeof MergeTarget>

const Left = strict(
  {
    kind: choice(['hop', 'byline', 'affiliation'], { description: 'What it is that stayed.' }),
    id: Type.String({
      description: 'The attribution, the article with the byline, or the source that belongs to it.',
      examples: ['att_01k9v3w8zhe5ra4gxm7y2bqd6c']
    }),
    articleId: nullable({ ...id('art'), description: 'The article it stands in.' }),
    detail: Type.String({
      description: 'Why it stayed.',
      examples: ['The chain was changed since: hop 0 no longer names the other source there.']
    })
  },
  { $id: 'MergeLeft', description: 'What a merge moved and was changed since: it stays as it is now.' }
)

export const SourceMerge = strict(
  {
    id: { ...id('src'), description: 'The source that became the other.' },
    into: { ...id('src'), description: 'The source that it is now.' },
    state: choice(['moving', 'done', 'undoing', 'undone'], {
      description:
        '`moving` while there are articles that still name the one, `undoing` while a merge is being taken back: the service goes on by itself, also after a restart.',
      examples: ['done']
    }),
    at: { ...Instant, description: 'When it was merged.' },
    actor: Type.String({ description: 'Who merged it.', examples: ['The night desk'] }),
    until: { ...Instant, description: 'Until when it can be taken back.' },
    articles: Type.Integer({
      minimum: 0,
      description: 'How many articles name the other source because of it.',
      examples: [12]
    }),
    waiting: Type.Integer({
      minimum: 0,
      description: 'How many articles wait, because they came under a legal hold meanwhile.',
      examples: [0]
    }),
    left: Type.Array(ref(Left), {
      description: 'What was changed since the merge, and so did not go back when that was taken back.'
    })
  },
  { $id: 'SourceMerge', description: 'One source merged into another.' }
)
export type SourceMerge = Static<typeof SourceMerge>

export const mergeSchemas = [MergeTarget, Left, SourceMerge]
