// What deploy/ describes, with processes of this machine in place of containers: nginx with its file, two nodes, a primary of
// PostgreSQL and its synchronous standby. A node dies, then the primary.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t from 'tap'
import { parse } from 'yaml'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import { ended, node } from '../postgres/nodes.ts'
import { startPrimary, startStandbyOf, synchronous } from '../postgres/pair.ts'
import { statements } from '../postgres/server.ts'
import { admin, ferry, folder } from '../support/app.ts'
import { freePort } from '../support/free-port.ts'
import { missing } from './programs.ts'

t.test(
  'a node and the primary die behind nginx, and the newsroom goes on',
  missing('nginx', 'nginx'),
  async (t) => {
    const primary = await startPrimary()
    t.teardown(() => void primary.child!.kill('SIGKILL'))
    const owner = primary.url('newsroom').replace('postgres@', 'onrecord@')
    await statements(
      primary.url('postgres'),
      'create role onrecord login',
      'grant pg_read_all_stats to onrecord',
      "create database newsroom owner onrecord encoding 'UTF8' locale 'C' template template0"
    )
    const standby = await startStandbyOf(t, primary)
    await synchronous(primary, '*')
    const url = owner.replace(/:(\d+)/, `:$1,127.0.0.1:${standby.port}`)
    const files = join(folder(t), 'files')
    const settings = { ONRECORD_DURABILITY: 'replicated', ONRECORD_TRUST_PROXY: '127.0.0.1' }
    const one = await node(t, url, files, settings)
    const two = await node(t, url, files, settings)
    const [home, port] = [folder(t), await freePort()]
    const servers = readFileSync('deploy/nginx.conf', 'utf8')
      .replace('one:3000', new URL(one.address).host)
      .replace('two:3000', new URL(two.address).host)
      .replace('listen 80;', `listen 127.0.0.1:${port};`)
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${home}/${name};`
    )
    const user = process.getuid?.() === 0 ? 'user root;' : ''
    const file = join(home, 'nginx.conf')
    writeFileSync(
      file,
      `${user} daemon off; pid ${home}/pid; error_log stderr crit; events {}
    http { access_log off; ${temporary.join(' ')} ${servers} }`
    )
    const nginx = spawn('nginx', ['-e', 'stderr', '-p', home, '-c', file], { stdio: 'inherit' })
    t.teardown(() => nginx.kill('SIGTERM'))
    const address = `http://127.0.0.1:${port}`
    const ask = (path: string, body?: object) =>
      fetch(`${address}${path}`, {
        ...(body && { method: 'POST', body: JSON.stringify(body) }),
        headers: { ...(body && { authorization: `Bearer ${admin}`, 'content-type': 'application/json' }) }
      })
    const until = async (path: string, body?: object) => {
      for (;;) {
        const answer = await ask(path, body).catch(() => undefined)
        if (answer?.ok) return answer
        await pause(50)
      }
    }
    await until('/readyz')
    const { id, slug } = (await (await ask('/v1/articles', ferry)).json()) as DraftArticle
    t.equal((await ask(`/v1/articles/${id}/publish`, {})).status, 200)
    for (const { read } of [one, two]) t.equal((await read(`/v1/articles/${slug}`)).status, 200)
    t.equal((await ask('/metrics')).status, 404)

    await ended(one.child)
    for (let i = 0; i < 10; i++) t.equal((await ask(`/v1/articles/${slug}`)).status, 200, 'a node died')
    await until('/v1/articles', { ...ferry, slug: 'with-one-node' })

    const gone = once(primary.child!, 'exit')
    primary.child!.kill('SIGKILL')
    await gone
    for (let i = 0; i < 10; i++) t.equal((await ask(`/v1/articles/${slug}`)).status, 200, 'the primary died')
    await standby.promote()
    const then = (await (await until('/v1/articles', { ...ferry, slug: 'after' })).json()) as DraftArticle
    await until(`/v1/articles/${then.id}/publish`, {})
    t.equal((await ask('/v1/articles/after')).status, 200)
    const rows = await statements(standby.url('newsroom'), 'select slug from articles')
    t.ok(
      rows.some(({ slug }) => slug === 'with-one-node'),
      'what was acknowledged before is there'
    )
  }
)

t.test('the files of deploy/ fit together', (t) => {
  const { services, volumes } = parse(readFileSync('deploy/compose.yaml', 'utf8'), { merge: true }) as {
    services: Record<string, { volumes?: string[]; environment?: Record<string, string> }>
    volumes: object
  }
  t.same(Object.keys(services), ['one', 'two', 'primary', 'standby', 'nginx'])
  const needed = new Set<string>()
  for (const { volumes: mounted = [], environment = {} } of Object.values(services)) {
    for (const mount of mounted) {
      const [from] = mount.split(':') as [string]
      if (from.startsWith('./')) t.ok(readFileSync(join('deploy', from), 'utf8'), mount)
      else t.ok(from in volumes, mount)
    }
    for (const value of Object.values(environment))
      for (const [, name] of value.matchAll(/\$\{(\w+)/g)) needed.add(name!)
  }
  const example = readFileSync('deploy/example.env', 'utf8')
  for (const name of needed) t.match(example, new RegExp(`^${name}=$`, 'm'))
  t.end()
})
