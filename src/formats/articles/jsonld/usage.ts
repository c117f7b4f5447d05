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

/**
 * Terms as values of `license` and `usageInfo`: these take an address or a work, and the words of a licence would be read as
 * an address (schema.org gives both the type `@id`), which readers resolve against the page, or drop.
 */
export const termsInWords = (words: string): string | object =>
  /^https?:\/\/\S+$/i.test(words) ? words : { '@type': 'CreativeWork', text: words }
