// OpenStack Swift with its S3 API: a store that is not ours, of one machine, in a folder of the test.
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Test } from 'tap'
import { folder } from '../support/app.ts'
import { freePort } from '../support/free-port.ts'

const kinds = ['account', 'container', 'object'] as const

/** The parts that the proxy is made of, in the order of a request. */
const pipeline = [
  'catch_errors',
  'gatekeeper',
  'healthcheck',
  'cache',
  'listing_formats',
  's3api',
  'tempauth',
  'slo'
]

const eggs: Record<string, string> = { cache: 'memcache' }

const more: Record<string, string> = {
  cache: 'memcache_servers = 127.0.0.1:1\nlog_level = CRITICAL',
  tempauth: 'user_news_desk = secret .admin\nuser_news_guest = secret'
}

/** Starts it, and answers its address. The keys are `news:desk` and `secret`; `news:guest` may nothing. */
export async function swift(t: Test): Promise<string> {
  const home = folder(t)
  mkdirSync(join(home, 'devices', 'd1'), { recursive: true })
  const write = (name: string, ...lines: string[]) => writeFileSync(join(home, name), `${lines.join('\n')}\n`)
  write(
    'swift.conf',
    '[swift-hash]',
    'swift_hash_path_suffix = test',
    '[storage-policy:0]',
    'name = one',
    'default = yes'
  )
  const common = (port: number) => [
    '[DEFAULT]',
    `bind_ip = 127.0.0.1\nbind_port = ${port}\nworkers = 0\nuser = ${process.env.USER ?? 'root'}`,
    `swift_dir = ${home}\ndevices = ${home}/devices\nmount_check = false\nfallocate_reserve = 0\nlog_level = ERROR`
  ]
  const start = (kind: string) => {
    const child = spawn(`swift-${kind}-server`, [join(home, `${kind}.conf`)], {
      env: { ...process.env, SWIFT_DIR: home },
      stdio: 'ignore'
    })
    t.teardown(() => child.kill('SIGKILL'))
  }
  for (const kind of kinds) {
    const port = await freePort()
    write(
      `${kind}.conf`,
      ...common(port),
      '[pipeline:main]',
      `pipeline = ${kind}-server\n[app:${kind}-server]\nuse = egg:swift#${kind}`
    )
    const ring = join(home, `${kind}.builder`)
    for (const args of [['create', '4', '1', '0'], ['add', `r1z1-127.0.0.1:${port}/d1`, '1'], ['rebalance']])
      execFileSync('swift-ring-builder', [ring, ...args], { stdio: 'ignore' })
    start(kind)
  }
  const port = await freePort()
  write(
    'proxy.conf',
    ...common(port),
    '[pipeline:main]',
    `pipeline = ${pipeline.join(' ')} proxy-server`,
    '[app:proxy-server]\nuse = egg:swift#proxy\naccount_autocreate = true',
    ...pipeline.map((name) => `[filter:${name}]\nuse = egg:swift#${eggs[name] ?? name}\n${more[name] ?? ''}`)
  )
  start('proxy')
  const address = `http://127.0.0.1:${port}`
  while (!(await fetch(`${address}/healthcheck`).catch(() => undefined))?.ok) await pause(100)
  return address
}
