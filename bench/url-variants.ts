// Five thousand comments in ten seconds from one network, which tries to look like many.
import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

const comments = 5000
const seconds = 10
/** How often some are sent, in ms. */
const tick = 20

/** The path in other spellings. */
const spellings = [
  (path: string) => path,
  (path: string) => `${path}/`,
  (path: string) => `/${path}`,
  (path: string) => `${path}?x=${Math.random()}`,
  (path: string) => path.replace('comments', '%63omments'),
  (path: string) => path.replace('/v1/', '/V1/'),
  (path: string) => path.replace('/v1/', '/v1/./'),
  (path: string) => `${path};x`
]

const hex = () => Math.floor(Math.random() * 65536).toString(16)

/** Addresses that one household, or one machine, may give for its own: what it adds itself stands before that. */
const addresses = [
  () => '203.0.113.7',
  () => `198.51.100.${Math.floor(Math.random() * 256)}, 203.0.113.7`,
  () => '::ffff:203.0.113.7',
  () => `2001:db8:1:2:${hex()}:${hex()}:${hex()}:${hex()}`,
  () => `${hex()}::1, 2001:db8:1:2::${hex()}`,
  () => `2001:DB8:0001:0002:${hex()}::${hex()}`
]

/** How many networks those addresses are in. */
export const networks = 2

const agent = new http.Agent({ keepAlive: true, maxSockets: 200 })

/** Sends one and answers its status. */
function sent(address: string, path: string, number: number): Promise<number> {
  const { hostname, port } = new URL(address)
  const spelled = spellings[number % spellings.length]!(path)
  const forwarded = addresses[Math.floor(number / spellings.length) % addresses.length]!()
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'x-forwarded-for': forwarded }
    http
      .request({ hostname, port, agent, method: 'POST', path: spelled, headers }, (answer) => {
        answer.resume().on('end', () => resolve(answer.statusCode!))
      })
      .on('error', reject)
      .end(JSON.stringify({ author: { name: `Reader ${number}` }, body: `What I have to say is ${number}.` }))
  })
}

/** Sends them all, evenly, whether they are answered or not. Answers how many were answered how. */
export async function disguised(address: string, path: string): Promise<string> {
  const began = performance.now()
  const answers: Promise<number>[] = []
  while (answers.length < comments) {
    const due = Math.min(comments, ((performance.now() - began) / 1000 / seconds) * comments)
    while (answers.length < due) answers.push(sent(address, path, answers.length))
    await pause(tick)
  }
  const statuses = Map.groupBy(await Promise.all(answers), (status) => status)
  agent.destroy()
  return [...statuses].map(([status, all]) => `${status}: ${all.length}`).join(', ')
}
