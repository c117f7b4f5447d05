import { type Static, Type } from 'typebox'
import { choice, Instant, id, nullable, pageQuery, strict } from '../../../http/schemas.ts'

export const TrashedArticle = strict(
  {
    id: id('art'),
    title: Type.String(),
    slug: Type.String({ description: 'The slug it had, and gets again when it is restored, if it is free.' }),
    edition: Type.Integer({ minimum: 0, description: 'How many editions readers saw.' }),
    deletedAt: Instant,
    deletedBy: strict({
      name: Type.String({ description: 'Whose token it was.' }),
      role: nullable(choice(['viewer', 'contributor', 'editor', 'moderator', 'admin']))
    }),
    /** When it is purged; null where editions of it were published, which stay. */
    endsAt: nullable(Instant)
  },
  {
    $id: 'TrashedArticle',
    description:
      'An article in the trash, with all that belongs to it. At `endsAt` it is deleted for good; null where readers saw editions of it, which stay.',
    examples: [
      {
        id: 'art_01k9v3w8zhe5ra4gxm7y2bqd6c',
        title: 'Late ferry keeps sailing',
        slug: 'late-ferry-keeps-sailing',
        edition: 0,
        deletedAt: '2026-11-02T08:30:00.000Z',
        deletedBy: { name: 'The night desk', role: 'editor' },
        endsAt: '2026-12-02T08:30:00.000Z'
      }
    ]
  }
)
export type TrashedArticle = Static<typeof TrashedArticle>

export const TrashQuery = pageQuery()

const number = Type.Integer({ minimum: 0 })
export const Emptied = strict(
  { deleted: number, kept: number },
  { $id: 'Emptied', description: 'How many articles are gone, and of how many the editions stay.' }
)
