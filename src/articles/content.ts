// The fields of a draft are of two kinds. Content is what the article says: editions, revisions and duplicates bring it
// back. Workflow is where the article stands, what protects it and who works on it: it is changed by name only.
import type { ConvertedArticle } from './schema.ts'

/** The content of a draft. */
export const contentOf = (draft: ConvertedArticle) => ({
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
})

/** The rest. The type fails to compile for a field of an article that stands in neither list. */
export const workflowOf = (
  draft: ConvertedArticle
): Omit<ConvertedArticle, keyof ReturnType<typeof contentOf>> => ({
  slug: draft.slug,
  publishedAt: draft.publishedAt,
  embargoUntil: draft.embargoUntil,
  commentPolicy: draft.commentPolicy,
  assignee: draft.assignee,
  internalNotes: draft.internalNotes,
  dueAt: draft.dueAt,
  legalHold: draft.legalHold
})
