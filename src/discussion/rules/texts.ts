// Rules about the text of a comment.
import { unprocessable } from '../../http/problems.ts'
import { withCount } from '../../storage/text/with-count.ts'
import { holdWhen, type Rule, refuseWhen } from './rule.ts'

/** Links with or without a scheme: `https://...`, `shop.example`. Sentences that end without a space are rare. */
const link =
  /https?:\/\/[\p{L}\p{N}.-]*|(?<![\p{L}\p{N}.@-])(?:[\p{L}\p{N}-]{1,63}\.)+(?:[a-z]{2,24}|[A-Z]{2,24})(?![\p{L}\p{N}])/gu

const lengthOf = (text: string) => [...text].length

export const textRules: Rule[] = [
  {
    name: 'length',
    find({ input: { body }, settings: { minLength, maxLength } }) {
      const length = lengthOf(body)
      return refuseWhen(length < minLength || length > maxLength, () =>
        unprocessable('/body', `A comment has ${minLength} to ${maxLength} characters; this has ${length}.`)
      )
    }
  },
  {
    name: 'blocked-terms',
    find: ({ terms }) =>
      terms.map(({ outcome, matched }) =>
        outcome === 'refuse'
          ? { outcome, problem: unprocessable('/body', 'It has words that are not taken here.') }
          : { outcome, matched }
      )
  },
  {
    name: 'links',
    find({ input: { author, body }, settings: { maxLinks } }) {
      const links = `${author.name}\n${body}`.match(link) ?? []
      return holdWhen(
        links.length > maxLinks,
        `${withCount(links.length, 'link')}: ${links.slice(0, 3).join(' ')}`
      )
    }
  },
  {
    name: 'repeat',
    find: ({ repeated }) => holdWhen(repeated, 'the same was said from there within a day')
  },
  {
    name: 'near-repeat',
    find: ({ resembled }) => holdWhen(resembled !== undefined, String(resembled))
  }
]
