// Nodes of a newsroom: real processes over one database of PostgreSQL, which may be stopped and killed.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Test } from 'tap'
import type { DraftArticle } from '../../src/content/articles/schema.ts'
import { admin, ferry, folder, secret } from '../support/app.ts'
import { unmeasured } from '../support/commands.ts'
import { until } from '../support/until.ts'
import { postgresDatabase } from './database.ts'

/** A process that serves, and how it is asked. */
export async function node(t: Test, url: string, files: string, more: object = {}) {
  const child = spawn(process.execPath, ['onrecord.js', 'serve'], {
    // What is killed tells nothing of its coverage.
    env: {
      ...process.env,
      ...unmeasured,
      DATABASE_URL: url,
      ONRECORD_SECRET: secret,
      ONRECORD_FILES: `file:${files}`,
      ONRECORD_ADMIN_TOKEN: admin,
      ONRECORD_RATE_LIMIT: 'off',
      ONRECORD_WEBHOOK_PRIVATE: 'allow',
      PORT: '0',
      ...more
    }
  })
  t.teardown(() => child.kill('SIGKILL'))
  let said = ''
  child.stdout.on('data', (text) => (said += text))
  child.stderr.on('data', (text) => (said += text))
  while (!said.includes('Database ')) {
    if (child.exitCode !== null) throw new Error(said)
    await pause(20)
  }
  const address = /listens on (\S+)/.exec(said)![1]!
  async function askOnce(method: string, path: string, body?: object, token: string | null = admin) {
    const response = await fetch(`${address}${path}`, {
      method,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body && { 'content-type': 'application/json' }),
        ...(method !== 'POST' && method !== 'GET' && { 'if-match': '*' })
      },
      ...(body && { body: JSON.stringify(body) })
    })
    return { status: response.status, headers: response.headers, body: await response.text() }
  }
  /** Comes again where it is told to, as on a slow machine. */
  async function ask(...request: Parameters<typeof askOnce>) {
    let answer = await askOnce(...request)
    await until(async () => {
      if (answer.status === 503) answer = await askOnce(...request)
      return answer.status !== 503
    })
    return answer
  }
  return {
    child,
    address,
    ask,
    said: () => said,
    read: (path: string) => ask('GET', path, undefined, null),
    get: (path: string) => ask('GET', path),
    post: (path: string, body?: object) => ask('POST', path, body),
    patch: (path: string, body: object) => ask('PATCH', path, body),
    async draft(story: object = {}) {
      return JSON.parse((await ask('POST', '/v1/articles', { ...ferry, ...story })).body) as DraftArticle
    }
  }
}

export type Node = Awaited<ReturnType<typeof node>>

/** So many nodes over a database of their own. */
export async function nodes(t: Test, count = 2, more: object = {}) {
  const url = await postgresDatabase(t)
  const files = join(folder(t), 'files')
  const all: Node[] = []
  // Killed before the database goes.
  t.teardown(() => Promise.all(all.map(({ child }) => ended(child))))
  for (let i = 0; i < count; i++) all.push(await node(t, url, files, more))
  return { url, files, all }
}

/** Kills a node, and waits until it is gone. */
export function ended(child: Node['child']) {
  child.kill('SIGKILL')
  return child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined
}

/** Does something again and again until `stop` is called, which waits for the last. */
export function busy(doing: () => Promise<unknown>) {
  let isOver = false
  const running = (async () => {
    while (!isOver) await doing()
  })()
  return () => {
    isOver = true
    return running
  }
}
