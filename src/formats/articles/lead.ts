// The lead picture of an article, in forms that put it before the story.
import type { Article } from '../../content/articles/schema.ts'
import type { Body } from '../../content/body/schema.ts'

/** The id of the lead picture; null where there is none, or the body shows it. */
export const leadBefore = ({ body, leadMediaId }: Pick<Article, 'body' | 'leadMediaId'>): string | null =>
  (body as Body).some((block) => block._type === 'image' && block.mediaId === leadMediaId)
    ? null
    : leadMediaId
