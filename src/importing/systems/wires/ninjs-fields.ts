// Fields of ninjs, whose names differ between its lines.
import { type Fields, fieldsIn, wordsAt } from '../whole.ts'

/** The names of its fields in small letters, as 1.x and 2.x have them. */
export const small = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]))

/** The objects of a list, with the names of their fields in lower case. */
export const all = (value: unknown) => fieldsIn(value).map(small)

/** The text of a list of 2.x and 3.x; what is main goes before the others, HTML before plain text. */
export function chosen(list: Fields[], wanted: (type: string) => boolean): string | undefined {
  const some = list.filter((one) => wanted(wordsAt(one, 'contenttype') ?? 'text/plain'))
  const main = some.find(({ role }) => role === 'main') ?? some[0]
  return main && wordsAt(main, 'value')
}

/** Whether a content type is one of HTML. */
export const isHtml = (type: string) => /html/i.test(type)

/** The names in lists of concepts (subjects, places, ...), each a text, or an object with a name. */
export const namesIn = (story: Fields, ...fields: string[]): string[] =>
  fields.flatMap((field) => all(story[field]).flatMap((one) => wordsAt(one, 'name', 'literal') ?? []))
