// Entity tags and the preconditions If-Match and If-None-Match (RFC 9110, 8.8.3 and 13.1).
import { createHash, hash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { jsonOf } from '../storage/text/json-text.ts'
import { type Fault, HttpProblem } from './problems.ts'

const digestLength = 22
const digest = (bytes: string | Buffer) => hash('sha256', bytes, 'base64url').slice(0, digestLength)

/** The strong tag of a published document: a hash of its bytes. */
export const tagOf = (bytes: string | Buffer) => `"${digest(bytes)}"`

/** So many bytes are hashed in one turn of the event loop: some milliseconds of work. */
const bytesPerTurn = 2 ** 21

/** As `tagOf`; long bytes are hashed in several turns of the event loop, so that nobody waits for all of them. */
export async function tagOfLong(bytes: Buffer): Promise<string> {
  if (bytes.length <= bytesPerTurn) return tagOf(bytes)
  const digesting = createHash('sha256')
  for (let from = 0; from < bytes.length; from += bytesPerTurn) {
    await nextTurn()
    digesting.update(bytes.subarray(from, from + bytesPerTurn))
  }
  return `"${digesting.digest('base64url').slice(0, digestLength)}"`
}

/** The strong tag of a draft: its version, against which If-Match is checked, and a hash of its bytes, `json`. */
export const draftTag = (value: { version: number }, json: string | Buffer = jsonOf(value)) =>
  `"${value.version}-${digest(json)}"`

/** Whether If-None-Match has this tag, so that 304 is the answer. */
export const matchesIfNoneMatch = (ifNoneMatch: string | undefined, tag: string) =>
  ifNoneMatch === tag || (ifNoneMatch !== undefined && isListed(ifNoneMatch, tag))

const isListed = (ifNoneMatch: string, tag: string) =>
  ifNoneMatch.trim() === '*' ||
  ifNoneMatch.split(',').some((listed) => listed.trim().replace(/^W\//, '') === tag)

/** Whether If-Match, where there is one, has this strong tag (RFC 9110, 13.1.1). */
export const matchesIfMatch = (ifMatch: string | undefined, tag: string) =>
  ifMatch === undefined ||
  ['*', tag].some((one) => ifMatch.split(',').some((listed) => listed.trim() === one))

/** The versions that If-Match accepts: those of its tags, or any for `*`. */
export type Expected = '*' | number[]

/** Parses a required If-Match. Throws 428 when it is missing (RFC 6585, 3), and 400 when it is malformed. */
export function requiredIfMatch(ifMatch: string | undefined): Expected {
  if (ifMatch === undefined || ifMatch.trim() === '') {
    throw new HttpProblem(
      'precondition-required',
      'Changing this needs `If-Match` with the ETag you read, of articles and what belongs to them with `edition=draft`; `If-Match: *` overwrites knowingly.'
    )
  }
  return versionsIn(ifMatch)
}

/** Parses an optional If-Match: without it, any version is accepted. Throws 400 when it is malformed. */
export const optionalIfMatch = (ifMatch: string | undefined): Expected =>
  ifMatch === undefined ? '*' : versionsIn(ifMatch)

function versionsIn(ifMatch: string): Expected {
  if (ifMatch.trim() === '*') return '*'
  return tagsIn(ifMatch)
    .flatMap((tag) => draftTagPattern.exec(tag)?.[1] ?? [])
    .map(Number)
}

/**
 * A draft's tag names its version; any other tag names none. Compressing proxies make it weak (nginx) or add the name
 * of the coding (Apache). Weak tags do not match in RFC 9110, 13.1.1, because they may stand for several byte
 * sequences; a version is one state of the draft, however its bytes were sent.
 */
const draftTagPattern = /^(\d{1,15})-[\w-]{22}(?:-(?:gzip|br|zstd|deflate))?$/

/** An element of a list of entity tags (RFC 9110, 8.8.3), with the comma after it; it may be empty (5.6.1.2). */
const listedTag = /[ \t]*(?:(?:W\/)?"([\x21\x23-\x7e\x80-\xff]*)")?[ \t]*(?:,|$)/y

/** The opaque parts of the tags in a header. Throws 400 when it is malformed. */
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

/** The row, if If-Match accepts its version. Throws 404 or 412. */
export function checkVersion<T extends { version: number }>(
  row: T | undefined,
  versions: Expected,
  what: string
): T {
  if (row === undefined) throw new HttpProblem('not-found', `There is no such ${what}.`)
  if (versions !== '*' && versions.length === 0) throw otherTag(what)
  if (versions !== '*' && !versions.includes(row.version)) throw staleVersion(what)
  return row
}

const staleVersion = (what: string) =>
  new HttpProblem(
    'stale',
    `The ${what} has been changed since you read it. Read it again, and send the ETag it has now.`
  )

/** For tags that name no version, such as those of what readers get. */
const otherTag = (what: string) =>
  new HttpProblem(
    'stale',
    `The ETag in \`If-Match\` names no version of the ${what}; the one that readers get never does. Read it again, articles and what belongs to them with \`edition=draft\`, and send that ETag.`
  )

/** For a 412: the current draft, and which of its fields changed since the client read it. */
export interface CurrentState {
  draft: { version: number }
  changed?: Fault[]
}

/** Adds the current ETag, and what others changed, to a 412 that `work` throws. */
export async function withCurrentTag<T>(
  work: () => Promise<T>,
  current: () => Promise<CurrentState>
): Promise<T> {
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
