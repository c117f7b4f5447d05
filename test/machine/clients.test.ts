// Linters and generators of clients, which `npm ci --prefix test/machine/clients` installs: half a gigabyte that
// nothing else needs.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import t from 'tap'

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
  'four generated clients read the blocks of an article, a list, a search and a draft without a cast',
  { skip },
  (t) => {
    t.match(run('generate.js'), { status: 0 })
    t.match(run('node_modules/typescript/bin/tsc', '-p', '.'), { status: 0, stdout: /^$/ })
    t.end()
  }
)
