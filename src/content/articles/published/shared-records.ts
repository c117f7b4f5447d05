// The shared records of an article (sources, media, credits), in the form in which it is published with them.
import { tagOf } from '../../../http/etag.ts'
import type { Media } from '../../media/schema.ts'
import type { Article } from '../schema.ts'

/** A media file without its credits, which are records of their own. */
export const withoutCredits = ({ credits: _, ...own }: Media) => own

/** The sources, media and credits of an article. */
export const sharedRecordsOf = ({ sources, media }: Pick<Article, 'sources' | 'media'>) => [
  ...sources,
  ...media.map(withoutCredits),
  ...media.flatMap(({ credits }) => credits)
]

/** A shared record as an article holds it: its id, and a digest of its content. */
export const formDigest = (record: { id: string }) => `${record.id} ${tagOf(JSON.stringify(record))}`
