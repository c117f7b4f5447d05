// Files in a bucket of an S3-compatible store: `ab/abc...` below the prefix, each under its SHA-256.
//
// A file that no record names is removed while other processes may be putting the same bytes there. No transaction reaches
// that far, so the one who removes leaves a mark first, and the one who puts looks for marks afterwards, then for the file:
// either it is seen to be fresh, or the mark is seen, or that it is gone.

import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Unavailable } from '../../../storage/database.ts'
import { Refusal } from '../../../storage/opening/refusal.ts'
import type { Blobs, ByteRange } from '../blobs.ts'
import { removeInterruptedIn } from '../folder.ts'
import { ifMissing } from '../if-missing.ts'
import { type Bucket, bucketClient, StoreError } from './client.ts'
import { pagesOf } from './listing.ts'

/** The marks of files that are being removed. */
const marks = 'removing/'

/** How long a mark holds, in ms: much longer than removing takes, for where its process was killed. */
const markHolds = 60 * 60 * 1000

/** The files in a bucket; those that are not complete lie below this folder. */
export async function bucketBlobs(bucket: Bucket, folder: string): Promise<Blobs> {
  const { prefix } = bucket
  const incoming = join(folder, 'incoming')
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  const client = bucketClient(bucket)
  const keyOf = (digest: string) => `${digest.slice(0, 2)}/${digest}`

  /** What HEAD says of a key; undefined where nothing is there. */
  async function head(key: string) {
    const answer = await client.send({ method: 'HEAD', key }).catch(ifMissing)
    if (answer === undefined) return undefined
    answer.resume()
    const { 'content-length': length, 'last-modified': modified, date } = answer.headers
    const putAt = Date.parse(modified!)
    return { bytes: Number(length), putAt, age: Date.parse(date!) - putAt }
  }

  const remove = async (key: string) => void (await client.send({ method: 'DELETE', key })).resume()

  const read = (digest: string, range?: ByteRange): Promise<IncomingMessage> =>
    client.send({
      method: 'GET',
      key: keyOf(digest),
      ...(range && { headers: { range: `bytes=${range.start}-${range.end}` } })
    })

  return {
    incoming,
    async put(digest, path, type) {
      const { size: bytes } = await stat(path)
      const upload = { path, bytes, digest, type }
      ;(await client.send({ method: 'PUT', key: keyOf(digest), upload })).resume()
      // The mark before the file: see above.
      const mark = await head(marks + digest)
      const isBeingRemoved = mark !== undefined && mark.age < markHolds
      if (isBeingRemoved || (await head(keyOf(digest))) === undefined)
        throw new Unavailable('a file with the same bytes, which no record named, is being removed')
      await rm(path, { force: true })
    },
    read,
    async withFile(digest, work) {
      const path = join(incoming, `${process.pid}-${randomUUID()}`)
      try {
        const hash = createHash('sha256')
        const hashed = new Transform({
          transform(chunk, _, done) {
            hash.update(chunk)
            done(null, chunk)
          }
        })
        await pipeline(await read(digest), hashed, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
        if (hash.digest('hex') !== digest)
          throw new Unavailable(`the file ${digest} has other bytes than it had`)
        return await work(path)
      } finally {
        await rm(path, { force: true })
      }
    },
    isSurelyMissing: () => false,
    async find(digest) {
      const found = await head(keyOf(digest))
      return found && { digest, bytes: found.bytes, putAt: found.putAt }
    },
    async *list() {
      const isFile = /^([0-9a-f]{2})\/(\1[0-9a-f]{62})$/
      for await (const entries of pagesOf(client, prefix))
        yield entries.flatMap(({ key, bytes, putAt }) => {
          const digest = isFile.exec(key.slice(prefix.length))?.[2]
          return digest === undefined ? [] : [{ digest, bytes, putAt }]
        })
    },
    async removeOld(digest, before, whileUnnamed) {
      const mark = marks + digest
      ;(await client.send({ method: 'PUT', key: mark })).resume()
      const isUnnamed = await whileUnnamed(() => true)
      const found = isUnnamed ? await head(keyOf(digest)) : undefined
      const isOld = found !== undefined && found.putAt < before
      if (isOld) await remove(keyOf(digest))
      await remove(mark)
      return isOld
    },
    async removeInterrupted(before) {
      for await (const entries of pagesOf(client, prefix + marks))
        for (const { key, putAt } of entries) if (putAt < before) await remove(key.slice(prefix.length))
      return removeInterruptedIn(incoming, before)
    }
  }
}

/** Throws a Refusal, with what is to be done, where the bucket is not there or may not be read and written. */
export async function checkBucket(bucket: Bucket) {
  const client = bucketClient(bucket)
  const key = `${marks}start-${process.pid}`
  const rights = [
    ['list', { method: 'GET', query: { 'list-type': '2', 'max-keys': '1', prefix: bucket.prefix } }],
    ['write', { method: 'PUT', key }],
    ['read', { method: 'GET', key }],
    ['delete', { method: 'DELETE', key }]
  ] as const
  try {
    for (const [right, request] of rights)
      await client
        .send(request)
        .then((answer) => answer.resume())
        .catch((error: Error) => {
          throw new Refusal(startError(bucket, right, error), { cause: error })
        })
  } finally {
    client.close()
  }
}

function startError({ name, endpoint }: Bucket, right: string, error: Error): string {
  const { reason = '', status = 0 } = error instanceof StoreError ? error : {}
  if (reason === 'NoSuchBucket')
    return `There is no bucket ${name} at ${endpoint}: create it, or name another in ONRECORD_FILES.`
  if (['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'InvalidToken', 'ExpiredToken'].includes(reason))
    return `${endpoint} does not take these keys (${reason}): set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of one who may read and write the bucket ${name}.`
  if (status === 403)
    return `These keys may not ${right} in the bucket ${name} at ${endpoint} (${reason || status}): allow s3:ListBucket, s3:GetObject, s3:PutObject and s3:DeleteObject.`
  if (status === 301 || status === 307 || reason === 'AuthorizationHeaderMalformed')
    return `The bucket ${name} is in another region (${reason || status}): set ONRECORD_S3_REGION, and ONRECORD_S3_ENDPOINT of that region.`
  return `The files cannot be kept in the bucket ${name}: ${error.message}.`
}
