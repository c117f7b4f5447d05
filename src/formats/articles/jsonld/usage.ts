// What machines may do with something, in the vocabulary of schema.org.
import { rslAddress } from '../../ai-use/headers.ts'
import { rslType } from '../../ai-use/rsl.ts'
import type { Terms } from '../../ai-use/schema.ts'
import type { Policy } from '../../ai-use/store.ts'
import { contentUsage, isSaid } from '../../ai-use/terms.ts'

/**
 * The terms as a work that says them (`usageInfo`): the file of the licence, with the preferences of AIPREF as its text;
 * undefined where nothing is said.
 */
export function usageInfo(policy: Policy, terms: Terms, articleId?: string): object | undefined {
  if (!isSaid(terms)) return undefined
  const url = rslAddress(policy, articleId)
  return {
    '@type': 'CreativeWork',
    text: contentUsage(terms),
    ...(url && { url, encodingFormat: rslType })
  }
}
