// Entity tags and what If-Match and If-None-Match make of them (RFC 9110, 8.8.3 and 13.1).
import { hash } from 'node:crypto'
import { jsonOf } from '../storage/text/json-text.ts'
import { type Fault, HttpProblem } from './problems.ts'

const digest = (bytes: string | Buffer) => hash('sha256', bytes, 'base64url').slice(0, 22)

/** The strong tag of a published document: its bytes. */
export const tagOf = (bytes: string | Buffer) => `"${digest(bytes)}"`

/** The strong tag of a draft: its version, which If-Match is checked against, and its bytes. */
export const draftTag = (value: { version: number }) => `"${value.version}-${digest(jsonOf(value))}"`

/** Whether the client has these bytes already. */
export const matchesIfNoneMatch = (ifNoneMatch: string | undefined, tag: string) =>
  ifNoneMatch === tag || (ifNoneMatch !== undefined && isAmong(ifNoneMatch, tag))

const isAmong = (ifNoneMatch: string, tag: string) =>
  ifNoneMatch.trim() === '*' ||
  ifNoneMatch.split(',').some((known) => known.trim().replace(/^W\//, '') === tag)

/** The versions a guarded write may change: those of the tags in If-Match, or every one for `*`. */
export type Expected = '*' | number[]

/** What If-Match asks for. Throws 428 when it is missing (RFC 6585, 3), and 400 for what is no list of tags. */
export function requiredIfMatch(ifMatch: string | undefined): Expected {
  if (ifMatch === undefined || ifMatch.trim() === '') {
    throw new HttpProblem('precondition-required', 'Changing this needs If-Match with the ETag you read.')
  }
  return versionsIn(ifMatch)
}

/** What If-Match asks for where it may be left out: any version. One that is empty names none. Throws 400. */
export const optionalIfMatch = (ifMatch: string | undefined): Expected =>
  ifMatch === undefined ? '*' : versionsIn(ifMatch)

function versionsIn(ifMatch: string): Expected {
  if (ifMatch.trim() === '*') return '*'
  return tagsIn(ifMatch)
    .flatMap((tag) => draftForm.exec(tag)?.[1] ?? [])
    .map(Number)
}

/**
 * A draft's tag names its version; any other tag names none. Compressing proxies make it weak (nginx) or add the name
 * of the coding (Apache). Weak tags do not match in RFC 9110, 13.1.1, because they may stand for several byte
 * sequences; a version is one state of the draft, however its bytes were sent.
 */
const draftForm = /^(\d{1,15})-[\w-]{22}(?:-(?:gzip|br|zstd|deflate))?$/

/** An element of a list of entity tags (RFC 9110, 8.8.3), with the comma after it; it may be empty (5.6.1.2). */
const listedTag = /[ \t]*(?:(?:W\/)?"([\x21\x23-\x7e\x80-\xff]*)")?[ \t]*(?:,|$)/y

/** The opaque parts of the tags in a header. Throws 400 for what is no list of entity tags. */
function tagsIn(header: string): string[] {
  const tags: string[] = []
  listedTag.lastIndex = 0
  while (listedTag.lastIndex < header.length) {
    const found = listedTag.exec(header)
    if (found === null) throw malformed()
    if (found[1] !== undefined) tags.push(found[1])
  }
  return tags
}

function malformed() {
  const detail = 'must be `*` or the ETag as it was read, with its quotes: "3-2jmj7l5rSw0yVb_vlWAYkK".'
  return new HttpProblem('invalid-input', `The headers: /If-Match ${detail}`, [
    { in: 'headers', pointer: '/If-Match', detail }
  ])
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
    throw new HttpProblem('stale', error.message, changed?.length ? changed : error.errors, {
      etag: draftTag(draft)
    })
  }
}
