// Linters and generators of clients, which `npm ci --prefix test/machine/clients` installs: half a gigabyte that
// nothing else needs.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import t from 'tap'
import { app } from '../support/app.ts'

const home = 'test/machine/clients'
const skip = !existsSync(`${home}/node_modules`) && 'needs npm ci --prefix test/machine/clients'

function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: home, encoding: 'utf8' })
  return { status, stdout, stderr: stderr.slice(0, 2000) }
}

t.test('two linters, at their strictest, find nothing in the document', { skip }, (t) => {
  t.match(run('lint.js'), { status: 0, stdout: /^$/ })
  t.end()
})

t.test(
  'four generated clients read the blocks of an article, a list, a search and a draft without a cast, and filter by several values',
  { skip },
  async (t) => {
    t.match(run('generate.js'), { status: 0 })
    t.match(run('node_modules/typescript/bin/tsc', '-p', '.'), { status: 0, stdout: /^$/ })
    const client = await app(t)
    for (const tags of [['Oslo, Norway'], ['ferry'], ['Oslo'], ['Norway']]) {
      const { id } = (
        await client.post('/v1/articles', { title: tags[0]!, tags, body: { text: tags[0]! } })
      ).json<{
        id: string
      }>()
      t.equal((await client.post(`/v1/articles/${id}/publish`)).status, 200)
    }
    const sent = run('generated/sends.js').stdout.trim().split('\n')
    t.equal(sent.length, 4)
    for (const url of sent)
      t.match(
        (await client.read(url)).json(),
        { data: { length: 2, 0: { title: 'ferry' }, 1: { title: 'Oslo, Norway' } } },
        url
      )
  }
)
