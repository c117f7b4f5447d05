// Two kinds of fields of a draft. Content: restored from editions and revisions, and copied to duplicates. Workflow:
// state, protection and assignment, which only change when a request names them.
import { canonical } from '../../http/input/language-tags.ts'
import { utc, utcOrNull } from '../../http/schemas.ts'
import { externalColumns } from '../external/ids.ts'
import type { ConvertedArticle } from './schema.ts'

/** The workflow of a draft. */
export const workflowOf = (draft: ConvertedArticle) => ({
  slug: draft.slug,
  translationOf: draft.translationOf,
  publishedAt: draft.publishedAt,
  embargoUntil: draft.embargoUntil,
  purposes: draft.purposes,
  commentPolicy: draft.commentPolicy,
  assignee: draft.assignee,
  internalNotes: draft.internalNotes,
  dueAt: draft.dueAt,
  legalHold: draft.legalHold,
  externalId: draft.externalId
})

/** The content fields. A field in neither list is a compile error. */
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

/** What is stored of an input, with defaults written out; the slug aside, which may have to be made. */
export function columnsOf(input: ConvertedArticle) {
  const { mode, closesAt } = input.commentPolicy ?? { mode: 'site' }
  return {
    title: input.title,
    dek: input.dek ?? null,
    summary: input.summary ?? null,
    language: canonical(input.language ?? 'und'),
    section: input.section ?? null,
    dateline: input.dateline ?? null,
    body: input.body ?? [],
    leadMediaId: input.leadMediaId ?? null,
    origin: input.origin ?? null,
    canonicalUrl: input.canonicalUrl ?? null,
    translationOf: input.translationOf ?? null,
    publishedAt: utcOrNull(input.publishedAt),
    embargoUntil: utcOrNull(input.embargoUntil),
    purposes: input.purposes ?? ['web' as const],
    commentPolicy: closesAt ? { mode, closesAt: utc(closesAt) } : { mode },
    extra: input.extra ?? {},
    assignee: input.assignee ?? null,
    internalNotes: input.internalNotes ?? null,
    dueAt: utcOrNull(input.dueAt),
    legalHold: input.legalHold ?? false,
    ...externalColumns(input.externalId)
  }
}
