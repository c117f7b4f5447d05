// The fields of a draft are of two kinds. Content is what the article says: editions, revisions and duplicates bring it
// back. Workflow is where the article stands, what protects it and who works on it: it is changed by name only.
import type { ConvertedArticle } from './schema.ts'

/** The workflow of a draft. */
export const workflowOf = (draft: ConvertedArticle) => ({
  slug: draft.slug,
  publishedAt: draft.publishedAt,
  embargoUntil: draft.embargoUntil,
  commentPolicy: draft.commentPolicy,
  assignee: draft.assignee,
  internalNotes: draft.internalNotes,
  dueAt: draft.dueAt,
  legalHold: draft.legalHold
})

/** The rest is content. What stands in neither list does not compile. */
type Content = Exclude<keyof ConvertedArticle, keyof ReturnType<typeof workflowOf>>

/** The content of a draft, or of an edition. */
export function contentOf<Draft extends ConvertedArticle>(draft: Draft): { [Name in Content]: Draft[Name] }
export function contentOf(draft: ConvertedArticle): { [Name in Content]: ConvertedArticle[Name] } {
  return {
    title: draft.title,
    dek: draft.dek,
    summary: draft.summary,
    language: draft.language,
    section: draft.section,
    tags: draft.tags,
    dateline: draft.dateline,
    bylines: draft.bylines,
    body: draft.body,
    leadMediaId: draft.leadMediaId,
    origin: draft.origin,
    canonicalUrl: draft.canonicalUrl,
    extra: draft.extra
  }
}
