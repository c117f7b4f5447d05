import { type Static, Type } from 'typebox'
import { Change } from '../../../changes/log/schema.ts'
import { pageQuery, strict } from '../../../http/schemas.ts'

const { seq, at, actor, action, kind, id, version, detail } = Change.properties

export const Chapter = strict(
  {
    seq,
    at,
    actor,
    action,
    kind,
    id,
    version,
    sentence: Type.String({ description: 'The same for a person to read.' }),
    detail
  },
  {
    $id: 'Chapter',
    description: 'Something that was done to an article, or to what belongs to it.',
    examples: [
      {
        seq: 4711,
        at: '2026-11-02T08:30:00.000Z',
        actor: { name: 'The night desk', role: 'editor' },
        action: 'publish',
        kind: 'article',
        id: 'art_01k9v3w8zhe5ra4gxm7y2bqd6c',
        version: 7,
        sentence: 'The night desk (editor) published edition 1.',
        detail: { edition: 1 }
      }
    ]
  }
)
export type Chapter = Static<typeof Chapter>

export const ChapterQuery = pageQuery()
