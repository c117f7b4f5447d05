// Requests to a bucket of an S3-compatible store, each signed (AWS Signature Version 4), with bodies as streams.
import { createReadStream } from 'node:fs'
import http, { type ClientRequest, type IncomingMessage } from 'node:http'
import https from 'node:https'
import { setTimeout as pause } from 'node:timers/promises'
import { AwsV4Signer } from 'aws4fetch'
import { Full, Unavailable } from '../../../storage/database.ts'

/** A bucket, and who we are there. */
export interface Bucket {
  /** The address of the store. */
  endpoint: string
  name: string
  /** What all keys begin with: empty, or ends with a slash. */
  prefix: string
  region: string
  /** Whether the bucket is in the path, or in the name of the host. */
  addressing: 'path' | 'host'
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string | undefined
}

/** What is sent with PUT: a file of this machine, whose SHA-256 is known. */
export interface Upload {
  path: string
  bytes: number
  digest: string
  type: string
}

export interface Request {
  method: 'GET' | 'HEAD' | 'PUT' | 'DELETE'
  /** Below the prefix; without it the bucket itself is asked. */
  key?: string
  query?: Record<string, string>
  headers?: Record<string, string>
  upload?: Upload
}

/** What problems call it. */
const store = 'The store of files'

/** The store is full, or what we may have of it. */
class StoreFull extends Full {
  override readonly what = store
}

/** Waits in ms before a request is sent again. */
const waits = [100, 500]

/** How long nothing may move on a connection: before an answer begins, and within it, in ms. */
const usualPatience = { before: 30_000, within: 150_000 }

/** The SHA-256 of nothing. */
const ofNothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** An answer of the store that is no success. */
export class StoreError extends Unavailable {
  override readonly what = store
  readonly status: number
  /** The name that the store has for it, such as `AccessDenied`; empty where it says none. */
  readonly reason: string
  /** What the file system says of a file that is not there. */
  readonly code: 'ENOENT' | undefined

  constructor(message: string, status: number, reason: string) {
    super(message)
    this.status = status
    this.reason = reason
    this.code = status === 404 && reason !== 'NoSuchBucket' ? 'ENOENT' : undefined
  }
}

export type BucketClient = ReturnType<typeof bucketClient>

/** A client of a bucket. Connections are kept, and used again. */
export function bucketClient(bucket: Bucket, patience = usualPatience) {
  const { endpoint, name, prefix, region, addressing, accessKeyId, secretAccessKey, sessionToken } = bucket
  const base = new URL(endpoint)
  const transport = base.protocol === 'https:' ? https : http
  const agent = new transport.Agent({ keepAlive: true, maxFreeSockets: 16 })
  const keys = new Map<string, ArrayBuffer>()
  if (addressing === 'host') base.hostname = `${name}.${base.hostname}`
  const root = `${base.pathname.replace(/\/$/, '')}/${addressing === 'path' ? `${name}/` : ''}`

  function urlOf({ key, query }: Request) {
    // The bucket itself has no slash at its end: stores differ in what they make of it.
    const path = key === undefined ? root.replace(/(?<=.)\/$/, '') : `${root}${prefix}${key}`
    return new URL(`${path}${query ? `?${new URLSearchParams(query)}` : ''}`, base)
  }

  async function signed(request: Request) {
    const { method, headers = {}, upload } = request
    const signer = new AwsV4Signer({
      ...{ method, url: String(urlOf(request)), service: 's3', region, cache: keys },
      ...{ accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) },
      // The store itself holds the bytes against their digest.
      headers: { ...headers, 'x-amz-content-sha256': upload?.digest ?? ofNothing }
    })
    return signer.sign()
  }

  /** Sends a request once, and answers when the head of the answer is there. */
  async function sendOnce(request: Request): Promise<IncomingMessage> {
    const { upload, method } = request
    const { url, headers } = await signed(request)
    const length = upload && { 'content-type': upload.type, 'content-length': upload.bytes }
    return new Promise((resolve, reject) => {
      const asked = transport.request(url, {
        ...{ method, agent, timeout: patience.before },
        headers: { ...Object.fromEntries(headers), ...length }
      })
      asked.on('timeout', () => asked.destroy(new Error(`nothing came for ${patience.before / 1000} s`)))
      asked.on('error', reject)
      asked.on('response', (answer) => {
        asked.setTimeout(patience.within)
        resolve(answer)
      })
      if (upload) sendFile(upload.path, asked)
      else asked.end()
    })
  }

  /** Sends a request until it is answered. Throws a StoreError for anything but success, Full where the store is full. */
  async function send(request: Request): Promise<IncomingMessage> {
    for (let attempt = 0; ; attempt++) {
      const answer = await sendOnce(request).catch((error: Error & { code?: string }) => error)
      const isLast = attempt === waits.length
      if (!(answer instanceof Error)) {
        const status = answer.statusCode!
        if (status < 300) return answer
        const error = await errorOf(request, answer)
        if (isLast || !isPassing(status) || error instanceof Full) throw error
      } else if (isLast) throw new StoreError(`${where(request)} was not answered: ${whyOf(answer)}`, 0, '')
      await pause(waits[attempt])
    }
  }

  const where = ({ method, key = '' }: Request) =>
    `${method} ${key} in the bucket ${name} at ${endpoint}`.replace('  ', ' ')

  async function errorOf(request: Request, answer: IncomingMessage): Promise<StoreError | Full> {
    const status = answer.statusCode!
    const reason = /<Code>(\w+)<\/Code>/.exec(await textOf(answer).catch(String))?.[1] ?? ''
    const message = `${where(request)} was answered ${status} ${reason}`.trim()
    return status === 507 || isFull.test(reason)
      ? new StoreFull(message)
      : new StoreError(message, status, reason)
  }

  return {
    send,
    /** Ends the connections that are kept. */
    close: () => agent.destroy()
  }
}

/** What is wrong: where several addresses of a host were tried, the message is empty. */
const whyOf = ({ message, code }: Error & { code?: string }) => [message, code].find(Boolean)

/** Sends a file as a body, as fast as it is taken. */
function sendFile(path: string, asked: ClientRequest) {
  const bytes = createReadStream(path)
  bytes.on('error', (error) => asked.destroy(error))
  asked.on('close', () => bytes.destroy())
  bytes.pipe(asked)
}

/** Whether a request that was answered so may succeed when it is sent again. */
const isPassing = (status: number) => status === 429 || (status >= 500 && status !== 501)

const isFull = /^(?:\w*StorageFull|QuotaExceeded|InsufficientCapacity)$/

/** The longest answer in text: a thousand entries of a list are a third of it. */
const longest = 2_000_000

/** The body of an answer. Throws where it is longer than any such answer is. */
export async function textOf(answer: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of answer.setEncoding('utf8')) {
    text += chunk
    if (text.length > longest) throw new Unavailable('an answer of the store has no end')
  }
  return text
}
