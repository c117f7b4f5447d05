// Checks of what an article rests on among our own articles.
import type { Attribution, Hop } from '../../content/attributions/schema.ts'
import { wordingDifference } from '../../content/body/anchors/wording.ts'
import { hopKey } from '../../record/provenance/facts.ts'
import { type Check, type CheckedDraft, type Failure, forEachItem } from './check.ts'

/** Failures for the hops of all chains. */
const eachHop = (
  { article: { quotes, attributions } }: CheckedDraft,
  find: (hop: Hop, key: string, pointer: string) => Failure[]
): Failure[] => {
  const inChains = (path: string, chains: Attribution[]) =>
    forEachItem(path, chains, ({ id, hops }, at) =>
      forEachItem(`${at}/hops`, hops, (hop, pointer) =>
        find(hop, hopKey(id, Number(pointer.split('/').at(-1))), pointer)
      )
    )
  return [
    ...forEachItem('/quotes', quotes, ({ attributions }, at) => inChains(`${at}/attributions`, attributions)),
    ...inChains('/attributions', attributions)
  ]
}

/** Failures for the hops that name an article of ours. */
const eachCited = (
  checked: CheckedDraft,
  find: (articleId: string, key: string, pointer: string) => Failure[]
) =>
  eachHop(checked, ({ articleId }, key, pointer) =>
    articleId ? find(articleId, key, `${pointer}/articleId`) : []
  )

export const recordChecks: Check[] = [
  {
    code: 'rests-on-unpublished',
    severity: 'error',
    final: true,
    fix: 'Publish that article first, or name whoever it has it from.',
    find: (checked) =>
      eachCited(checked, (id, _, pointer) =>
        checked.record.unpublished.has(id)
          ? [{ pointer, detail: `A chain leads to the article ${id}, which was never published.` }]
          : []
      )
  },
  {
    code: 'rests-on-retracted',
    severity: 'error',
    fix: 'Find another source for it, or say in the text that the article it is from was retracted.',
    find: (checked) =>
      eachCited(checked, (_, key, pointer) =>
        checked.record.fallen.get(key)!.map((id) => ({
          pointer,
          detail: `A chain leads to the article ${id}, which was retracted or withdrawn.`
        }))
      )
  },
  {
    code: 'rests-on-doubted',
    severity: 'error',
    fix: 'Find another source for it, or review it and clear the review with a note.',
    find: (checked) =>
      eachHop(checked, ({ sourceId }, key, pointer) =>
        (checked.doubted.get(key) ?? []).map(({ kind, subjectId, reason }) => ({
          pointer: `${pointer}/${sourceId ? 'sourceId' : 'articleId'}`,
          detail: `A chain leads to ${subjectId}, which ${kind === 'doubt' ? 'is doubted' : 'was corrected'}: ${reason}`
        }))
      )
  },
  {
    code: 'differs-from-print',
    severity: 'warning',
    fix: 'Quote the words that were said; where the earlier article is wrong, correct it.',
    find: ({ article: { quotes }, drifts }) =>
      forEachItem('/quotes', quotes, ({ id, text }, at) => {
        const before = drifts.get(id)
        if (before === undefined) return []
        const { expected, found } = wordingDifference(before.text, text)
        const detail = `In the quote ${id}, ${found} stands where the quote ${before.id} of the article ${before.articleId} printed ${expected} of the same person.`
        return [{ pointer: `${at}/text`, detail }]
      })
  }
]
