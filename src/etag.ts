// Entity tags and what If-Match and If-None-Match make of them (RFC 9110, 8.8.3 and 13.1).
import { hash } from 'node:crypto'
import { type Fault, HttpProblem } from './problems.ts'

const digest = (bytes: string | Buffer) => hash('sha256', bytes, 'base64url').slice(0, 22)

/** The strong tag of a published document: its bytes. */
export const tagOf = (bytes: string | Buffer) => `"${digest(bytes)}"`

/** The strong tag of a draft: its version, which If-Match is checked against, and its bytes. */
export const draftTag = (value: { version: number }) => `"${value.version}-${digest(JSON.stringify(value))}"`

/** Whether the client has these bytes already. */
export const isKnown = (ifNoneMatch: string | undefined, tag: string) =>
  ifNoneMatch === tag || (ifNoneMatch !== undefined && isAmong(ifNoneMatch, tag))

const isAmong = (ifNoneMatch: string, tag: string) =>
  ifNoneMatch.trim() === '*' ||
  ifNoneMatch.split(',').some((known) => known.trim().replace(/^W\//, '') === tag)

/** The versions a guarded write may change: those of the tags in If-Match, or every one for `*`. */
export type Expected = '*' | number[]

/** What If-Match asks for. Throws 428 when it is missing (RFC 6585, 3). */
export function expected(ifMatch: string | undefined): Expected {
  if (ifMatch === undefined || ifMatch.trim() === '') {
    throw new HttpProblem('precondition-required', 'Changing this needs If-Match with the ETag you read.')
  }
  return versionsIn(ifMatch)
}

/** What If-Match asks for where it may be left out: any version. One that is empty names none. */
export const heeded = (ifMatch: string | undefined): Expected =>
  ifMatch === undefined ? '*' : versionsIn(ifMatch)

function versionsIn(ifMatch: string): Expected {
  if (ifMatch.trim() === '*') return '*'
  // A weak tag never matches (RFC 9110, 13.1.1), and a tag that is not a draft's names no version.
  return ifMatch
    .split(',')
    .flatMap((tag) => /^\s*"(\d{1,15})-[\w-]{22}"\s*$/.exec(tag)?.[1] ?? [])
    .map(Number)
}

/** The row, when it is one the client may change. Throws 404 or 412. */
export function guarded<T extends { version: number }>(
  row: T | undefined,
  versions: Expected,
  what: string
): T {
  if (row === undefined) throw new HttpProblem('not-found', `There is no such ${what}.`)
  if (versions !== '*' && !versions.includes(row.version)) throw stale(what)
  return row
}

export const stale = (what: string) =>
  new HttpProblem('stale', `The ${what} has been changed since you read it.`)

/** What a 412 tells: the draft there is now, and which of its fields are not those the client read. */
export interface Current {
  draft: { version: number }
  changed?: Fault[]
}

/** Does it; where that is a 412, it tells the tag of what is there now, and what others changed in it. */
export async function withCurrentTag<T>(work: () => Promise<T>, current: () => Promise<Current>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof HttpProblem) || error.kind !== 'stale') throw error
    const { draft, changed } = await current()
    throw new HttpProblem('stale', error.message, changed?.length ? changed : undefined, {
      etag: draftTag(draft)
    })
  }
}
