// What a value may be where it is one of a list of names.
import { likeliest } from './likeliest.ts'

/** A longer list that has a name is told in part. */
const maxListed = 40

/** `article` of article.published. */
const kindOf = (name: string) => name.split('.', 1)[0]!

/** What is wrong with a value that is none of these names, and what was meant; `list` is what the document calls them. */
export function notAChoice(sent: unknown, names: string[], list: string | undefined): string {
  const meant = typeof sent === 'string' ? likeliest(sent, names) : undefined
  const begin = meant ? `is not known. Is ${meant} meant? It must` : 'must'
  if (list === undefined || names.length <= maxListed) return `${begin} be one of: ${names.join(', ')}.`
  const all = `/openapi.json has all ${names.length} (${list}).`
  const asked = meant ?? String(sent)
  const near = names.filter((one) => kindOf(one) === kindOf(asked))
  if (near.length > 0) return `${begin} be one of: ${near.join(', ')}, or of another kind. ${all}`
  const example = names.find((one) => one.endsWith(`.${asked.split('.').at(-1)}`)) ?? names[0]
  return `must be a name such as ${example}, of one of the kinds ${[...new Set(names.map(kindOf))].join(', ')}. ${all}`
}
