// The difference between two editions, for people.
import type { Article } from '../../content/articles/schema.ts'
import type { Body } from '../../content/body/schema.ts'
import { plainText, textsOf } from '../../content/body/text.ts'
import type { Difference } from './schema.ts'
import { wordDifference } from './word-difference.ts'

type Change = Difference['changes'][number]

/** Fields that are not content. */
const metadataFields = new Set(['updatedAt', 'publishedAt', 'firstPublishedAt'])

/** The differences between two documents. It can run in a worker thread. */
export const differenceOf = ({ was, now }: { was: string; now: string }) =>
  articleChanges(JSON.parse(was) as Article, JSON.parse(now) as Article)

function articleChanges(was: Article, now: Article): Change[] {
  const names = new Set([...Object.keys(was), ...Object.keys(now)])
  return [...names].flatMap((name) => {
    if (metadataFields.has(name)) return []
    const [before, after] = [was[name as keyof Article], now[name as keyof Article]]
    return name === 'body'
      ? bodyChanges(before as Body, after as Body)
      : valueChanges(`/${name}`, before, after)
  })
}

function bodyChanges(was: Body, now: Body): Change[] {
  if (isEqual(was, now)) return []
  const [before, after] = [plainText(was), plainText(now)]
  if (before === after) return [{ pointer: '/body', change: 'changed', was, now }]
  return [{ pointer: '/body', change: 'changed', ...textChange(before, after) }, ...besideWords(was, now)]
}

/** Links and pictures that differ where words do too: a comparison of words does not show them. */
function besideWords(was: Body, now: Body): Change[] {
  const [before, after] = [linksAndObjects(was), linksAndObjects(now)]
  const [removed, added] = [without(before, after), without(after, before)]
  if (removed.length + added.length === 0) return []
  if (added.length === 0) return [{ pointer: '/body', change: 'removed', was: removed }]
  if (removed.length === 0) return [{ pointer: '/body', change: 'added', now: added }]
  return [{ pointer: '/body', change: 'changed', was: removed, now: added }]
}

/** The links of a body, each with its words, and its blocks without text. */
const linksAndObjects = (body: Body): object[] => [
  ...textsOf(body).flatMap(({ children, markDefs = [] }) =>
    markDefs.flatMap((mark) => {
      if (mark._type !== 'link') return []
      const { _key, ...link } = mark
      const marked = children.filter(({ marks }) => marks?.includes(_key))
      return [{ ...link, text: marked.map(({ text }) => text).join('') }]
    })
  ),
  ...body.filter(({ _type }) => _type !== 'block' && _type !== 'table').map(({ _key, ...object }) => object)
]

/** Those of the first list that the second one lacks. */
function without(list: object[], other: object[]): object[] {
  const known = new Set(other.map((one) => JSON.stringify(one)))
  return list.filter((one) => !known.has(JSON.stringify(one)))
}

const isEqual = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

/** Whether these are records with ids, which are compared by id. */
const areRecords = (list: unknown): list is { id: string }[] =>
  Array.isArray(list) && list.length > 0 && list.every((item) => typeof item?.id === 'string')

function valueChanges(pointer: string, was: unknown, now: unknown): Change[] {
  if (isEqual(was, now)) return []
  if (areRecords(was) || areRecords(now))
    return recordChanges(pointer, was as { id: string }[], now as { id: string }[])
  if (isObject(was) && isObject(now)) {
    const names = new Set([...Object.keys(was), ...Object.keys(now)])
    return [...names].flatMap((name) => valueChanges(`${pointer}/${name}`, was[name], now[name]))
  }
  if (was === undefined || was === null) return [{ pointer, change: 'added', now }]
  if (now === undefined || now === null) return [{ pointer, change: 'removed', was }]
  if (typeof was === 'string' && typeof now === 'string')
    return [{ pointer, change: 'changed', ...textChange(was, now) }]
  return [{ pointer, change: 'changed', was, now }]
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function recordChanges(pointer: string, was: { id: string }[], now: { id: string }[]): Change[] {
  const before = new Map(was.map((one) => [one.id, one]))
  const after = new Map(now.map((one) => [one.id, one]))
  const ids = new Set([...before.keys(), ...after.keys()])
  return [...ids].flatMap((id) => valueChanges(`${pointer}/${id}`, before.get(id), after.get(id)))
}

/** Two texts with their word difference. */
function textChange(was: string, now: string): Pick<Change, 'was' | 'now' | 'words'> {
  const words = wordDifference(was, now)
  return words ? { words } : { was, now }
}
