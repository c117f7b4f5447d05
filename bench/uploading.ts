// Clients who send numbered copies of the picture on standard input, so many at once; prints the ids of what they became.
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { buffer, json } from 'node:stream/consumers'

const [address, token] = process.argv.slice(2) as [string, string]
const [count, clients] = process.argv.slice(4).map(Number) as [number, number]
const photograph = await buffer(process.stdin)
const agent = new Agent({ keepAlive: true })

/** The same pixels as another file: with a comment of its own after the first marker. */
function numbered(n: number): Buffer {
  const text = Buffer.from(`picture ${n}`)
  const head = Buffer.from([0xff, 0xfe, 0, text.length + 2])
  return Buffer.concat([photograph.subarray(0, 2), head, text, photograph.subarray(2)])
}

/** Sends a picture as it is: fetch would copy it several times. */
async function upload(bytes: Buffer): Promise<string> {
  const sending = request(`${address}/v1/media`, {
    agent,
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'image/jpeg',
      'content-length': bytes.length
    }
  })
  sending.end(bytes)
  const [answer] = (await once(sending, 'response')) as [IncomingMessage]
  const told = (await json(answer)) as { id: string }
  if (answer.statusCode !== 201) throw new Error(`${answer.statusCode} ${JSON.stringify(told)}`)
  return told.id
}

const ids: string[] = []
let next = 0
async function work() {
  while (next < count) ids.push(await upload(numbered(next++)))
}
await Promise.all(Array.from({ length: clients }, work))
agent.destroy()
console.log(JSON.stringify(ids))
