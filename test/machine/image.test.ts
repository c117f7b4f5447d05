// The program as production runs it: installed without development's packages, by nobody in particular, in a tree that
// cannot be written; and as the image of the Dockerfile, where something runs images.
import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import t from 'tap'
import { missing, whereIs } from './programs.ts'

const sh = promisify(execFile)

/** What the Dockerfile copies into the image. */
const copied = [
  ...readFileSync('Dockerfile', 'utf8').matchAll(/^COPY --chown=node:node (.+) \S+$/gm)
].flatMap(([, names]) => names!.split(' '))

t.test('what the image is made of reaches the builder, and is all the program needs', async (t) => {
  const ignored = readFileSync('.dockerignore', 'utf8')
  for (const name of copied) t.match(ignored, `\n!${name}\n`)
  const base = mkdtempSync(join(tmpdir(), 'onrecord-image-'))
  t.teardown(() => rmSync(base, { recursive: true, force: true }))
  chmodSync(base, 0o755)
  const [home, data] = [join(base, 'onrecord'), join(base, 'data')]
  for (const folder of [home, data]) mkdirSync(folder)
  for (const name of copied) cpSync(name, join(home, name), { recursive: true })
  // As the user of the tests is root or not, the service runs as somebody else, or as that user.
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const node = join(base, 'node')
  cpSync(realpathSync(process.execPath), node)
  await sh('npm', ['ci', '--omit=dev', '--no-audit', '--no-fund'], { cwd: home })
  t.notOk(readdirSync(join(home, 'node_modules')).includes('node'), 'no Node of its own')
  const env = { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', DATABASE_URL: `file:${data}/news.db` }
  if ('uid' in nobody) execFileSync('chown', ['-R', 'nobody', base])
  await sh(node, ['onrecord.js', 'openapi', '/dev/null'], { cwd: home, env, ...nobody })
  const kept = readdirSync(join(home, 'node_modules/.cache/onrecord'))
  t.equal(kept.length, 1, 'the compiled program is kept')
  execFileSync('chmod', ['-R', 'a-w,a+rX', home])
  if ('uid' in nobody) execFileSync('chown', ['-R', 'root', home])
  t.teardown(() => execFileSync('chmod', ['-R', 'u+w', base]))

  const child = spawn(node, ['onrecord.js', 'serve'], { cwd: home, env, ...nobody })
  t.teardown(() => child.kill('SIGKILL'))
  let told = ''
  child.stderr.on('data', (text) => (told += text))
  for await (const text of child.stdout) {
    told += text
    if (told.includes('Database ')) break
  }
  const [, address] = /listens on (\S+)/.exec(told)!
  for (const path of ['/readyz', '/v1/articles', '/docs', '/openapi.json'])
    t.equal((await fetch(`${address}${path}`)).status, 200, path)
  child.kill('SIGTERM')
  t.same(await once(child, 'close'), [0, null])
  t.same(readdirSync(join(home, 'node_modules/.cache/onrecord')), kept)
})

t.test('an older Node is told which one is needed', missing('node', 'nodejs'), async (t) => {
  const older = whereIs('node', '/usr/bin')
  const version = older && execFileSync(older, ['--version'], { encoding: 'utf8' })
  if (!version || Number.parseInt(version.slice(1), 10) >= 24) return void t.pass('there is none here')
  const { code, stderr } = await sh(older, ['onrecord.js', 'serve']).catch((error) => error)
  t.equal(code, 1)
  t.match(stderr, /^On Record needs Node 24 or newer, and this is Node \S+: npm ci brings one .+\n$/)
})

/** Whether it is there, and what it talks to runs. */
const runsImages = (name: string) => {
  try {
    return whereIs(name) !== undefined && execFileSync(name, ['info'], { stdio: 'pipe' }).length > 0
  } catch {
    return false
  }
}
const engine = ['docker', 'podman'].find(runsImages)
const [, base] = /^FROM (\S+)/m.exec(readFileSync('Dockerfile', 'utf8'))!
/** Whether the image that ours begins with is there, or can be fetched from its registry. */
const hasBase = () =>
  [
    ['image', 'inspect', base!],
    ['pull', base!]
  ].some((args) => spawnSync(engine!, args, { stdio: 'pipe' }).status === 0)
const lacking = !engine
  ? 'nothing runs images: apt-get install podman'
  : !hasBase() && `no registry answers that has ${base}: ${engine} pull ${base}`
const skipped = lacking ? { skip: lacking } : {}

t.test('the image serves from a read-only root', skipped, async (t) => {
  const name = `onrecord-test-${process.pid}`
  const run = async (...args: string[]) =>
    (await sh(engine!, args, { maxBuffer: 64 * 2 ** 20 })).stdout.trim()
  await run('build', '-t', name, '.')
  t.teardown(() => run('rmi', '-f', name))
  const limits = ['--read-only', '--cap-drop=ALL', '--security-opt=no-new-privileges', '--tmpfs=/tmp']
  await run('run', '-d', '--name', name, ...limits, '-p', '127.0.0.1::3000', '-v', '/data', name)
  t.teardown(() => run('rm', '-f', '-v', name))
  const address = `http://${(await run('port', name, '3000')).split('\n')[0]}`
  let status: number | undefined
  for (let i = 0; i < 60 && status !== 200; i++) {
    status = await fetch(`${address}/readyz`).then(
      (answer) => answer.status,
      () => undefined
    )
    await pause(500)
  }
  t.equal(status, 200)
  t.not(await run('exec', name, 'id', '-u'), '0')
  const issued = await run('exec', name, 'node', 'onrecord.js', 'token', '--role', 'admin', '--name', 'test')
  const [token] = /onr_[\w-]+/.exec(issued)!
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ title: 'In a container' })
  t.equal((await fetch(`${address}/v1/articles`, { method: 'POST', headers, body })).status, 201)
  await run('stop', name)
  t.equal(await run('inspect', '-f', '{{.State.ExitCode}}', name), '0')
})
