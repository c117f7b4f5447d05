// npm run fuzz: asks a server for everything its document knows, rightly and wrongly, and tells what does not hold.
import { parseArgs } from 'node:util'
import { suite } from './corpus.ts'
import { operators, type Report, table, told, unproved } from './report.ts'
import { fuzz } from './run.ts'
import { started } from './server.ts'
import { everywhere } from './suites.ts'
import { sender } from './transport.ts'

const usage = `npm run fuzz -- [--requests 10000] [--seed 1] [--only REGEX] [--suite FILE]... [--url http://127.0.0.1:3000 --token onr_...] [--database postgres://...]

Without --url it starts the program itself, on an empty database, or on that of --database. With either, whatever is there is written to
and deleted: never give it a newsroom that somebody needs.`

/** How many requests fill a newsroom for a suite. */
const filling = 2000

const say = (line: string) => process.stdout.write(`${line}\n`)

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    suite: { type: 'string', multiple: true, default: [] },
    only: { type: 'string', default: '.' },
    url: { type: 'string' },
    token: { type: 'string' },
    database: { type: 'string' },
    help: { type: 'boolean', default: false }
  }
})

/** The server of --url, or one of our own. */
async function target() {
  if (values.url === undefined) return await started(values.database)
  const admin = values.token ?? 'onr_admin'
  return { address: values.url, admin, end: () => null, stop: async () => {} }
}

/** Tells of each finding as it is made, and of every thousandth request. */
function progress(address: string) {
  let next = 0
  const known = new Set<string>()
  return ({ sent, found }: Report) => {
    for (const [key, { finding }] of found) if (!known.has(key)) say(`\n${told(finding, address)}`)
    for (const key of found.keys()) known.add(key)
    if (sent < next) return
    next = sent + 1000
    say(`${sent} requests, ${found.size} findings`)
  }
}

async function main() {
  const server = await target()
  const { send, close } = sender(server.address)
  const options = {
    send,
    admin: server.admin,
    seed: Number(values.seed),
    only: new RegExp(values.only),
    progress: progress(server.address)
  }
  const texts = values.suite.flatMap(suite)
  try {
    const report =
      texts.length > 0
        ? await everywhere({ ...options, requests: filling }, texts)
        : await fuzz({ ...options, requests: Number(values.requests) })
    const { status } = await send({ method: 'GET', url: '/openapi.json', headers: {} })
    return conclude(report, server.end() ?? (status === 200 ? null : status))
  } finally {
    close()
    await server.stop()
  }
}

/** Tells what was found. Answers whether everything holds. */
function conclude(report: Report, end: number | string | null): boolean {
  const never = unproved(report, values.database === undefined ? [] : operators)
  say(`\n${table(report)}`)
  if (never.length > 0) say(`\nNever answered 2xx: ${never.join(', ')}`)
  for (const [key, { times }] of report.found) say(`${times} times: ${key}`)
  say(`\nSeed ${values.seed}: ${report.sent} requests, ${report.found.size} findings.`)
  if (end !== null) say(`The process is not there any more, or not well: ${end}.`)
  return end === null && report.found.size === 0
}

if (values.help) say(usage)
else process.exitCode = (await main()) ? 0 : 1
