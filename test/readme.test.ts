// What the README prints works as it is printed.
import { execFile } from 'node:child_process'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import type { Article } from '../src/articles/schema.ts'
import { admin, app, folder } from './app.ts'

/** As much of curl as the README uses, so that the test needs none installed; each answer on a line of its own. */
const curl = `#!/usr/bin/env node
const { appendFileSync } = require('node:fs')
const args = process.argv.slice(2)
const headers = {}
let method, body, url
for (let i = 0; i < args.length; i++) {
  if (args[i] === '-s') continue
  else if (args[i] === '-X') method = args[++i]
  else if (args[i] === '-d') body = args[++i]
  else if (args[i] === '-H') {
    const [, name, value] = /^([^:]+): *(.*)$/.exec(args[++i])
    headers[name] = value
  } else url = args[i]
}
if (body === undefined && method === 'POST') delete headers['Content-Type']
fetch(url, { method: method ?? (body ? 'POST' : 'GET'), headers, body }).then(async (answer) => {
  const text = await answer.text()
  appendFileSync(process.env.ANSWERS, answer.status + ' ' + new URL(url).pathname + ' ' + text + '\\n')
  process.stdout.write(text + '\\n')
})
`

t.test('a day at the desk goes as the README tells it', async (t) => {
  const client = await app(t)
  const address = await client.server.listen({ port: 0 })
  const home = folder(t)
  writeFileSync(join(home, 'curl'), curl)
  chmodSync(join(home, 'curl'), 0o755)
  const readme = readFileSync('README.md', 'utf8')
  const [, script] = /## A day at the desk\n\n```sh\n([\s\S]*?)```/.exec(readme)!
  const printed = script!.replace('TOKEN=onr_...', `TOKEN=${admin}`).replace('http://127.0.0.1:3000', address)
  const answers = join(home, 'answers')
  await promisify(execFile)('bash', ['-euo', 'pipefail', '-c', printed], {
    env: { ...process.env, PATH: `${home}${delimiter}${process.env.PATH}`, ANSWERS: answers }
  })
  const lines = readFileSync(answers, 'utf8').trim().split('\n')
  t.equal(lines.length, 14)
  for (const line of lines) t.match(line, /^20[01] /, line.slice(0, 300))
  const article = (await client.read('/v1/articles/night-ferry')).json<Article>()
  t.match(article, { dek: '71 passengers a night.', corrections: [{ text: 'It was 72.' }] })
  t.match(lines[12], /"pointer":"\/corrections\/cor_/)
})
