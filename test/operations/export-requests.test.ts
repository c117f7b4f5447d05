// Exports of the newsroom that are asked for over HTTP: files in the folder of the backups.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { app, type Client, ferry, folder } from '../support/app.ts'

interface Export {
  id: string
  status: string
  file: string | null
  sha256: string | null
  bytes: number | null
  error: string | null
}

/** Waits until an export is over. */
async function over(client: Client, id: string): Promise<Export> {
  for (;;) {
    const one = (await client.get(`/v1/exports/${id}`)).json<Export>()
    if (one.status !== 'waiting' && one.status !== 'running') return one
    await new Promise((go) => setTimeout(go, 100))
  }
}

t.test('an export is written beside the backups, without tokens, secrets and sealed contacts', async (t) => {
  const home = folder(t)
  const client = await app(t, { config: { ONRECORD_BACKUP_DIR: home } })
  const { post, get } = client
  const { id } = await client.draft()
  await post(`/v1/articles/${id}/publish`)
  const { token } = await client.token('editor')
  const hook = (await post('/v1/webhooks', { url: 'https://hook.example/x', events: ['*'] })).json<{
    secret: string
  }>()
  const reader = { name: 'Reader', email: 'canary@reader.example' }
  await post(`/v1/articles/${id}/comments`, { author: reader, body: 'Words.' }, { token: null })

  t.equal((await post('/v1/exports', undefined, { token })).status, 403)
  const answer = await post('/v1/exports')
  t.equal(answer.status, 202)
  const { id: exportId } = answer.json<Export>()
  t.equal(answer.headers.location, `/v1/exports/${exportId}`)
  const done = await over(client, exportId)
  t.match(done, { status: 'done', file: /^onrecord-\d{8}T\d{9}Z-[0-9a-z]{26}\.jsonl$/, error: null })
  t.same(readdirSync(home).sort(), [done.file, `${done.file}.sha256`], 'and nothing else')
  const bytes = readFileSync(join(home, done.file!))
  t.same([done.bytes, done.sha256], [bytes.length, createHash('sha256').update(bytes).digest('hex')])
  const text = bytes.toString()
  t.match(JSON.parse(text.slice(0, text.indexOf('\n'))), { kind: 'export', private: false })
  t.ok(text.includes(ferry.title))
  for (const secret of [token, hook.secret, reader.email])
    t.notOk(text.includes(secret), 'no secret is in it')

  t.same((await get('/v1/exports')).json(), { data: [done], next: null })
  t.same((await get('/v1/backups')).json(), { data: [], next: null })
  t.equal((await client.remove(`/v1/exports/${exportId}`)).status, 204)
  t.same(readdirSync(home), [])
  t.match(await over(client, exportId), { status: 'removed' })
  t.equal((await client.remove(`/v1/exports/${exportId}`)).status, 404)
  t.equal((await get('/v1/exports/exp_01k9v3w8zhe5ra4gxm7y2bqd6c')).status, 404)
  const changes = (await get('/v1/changes?kind=export')).json<{ data: { action: string }[] }>().data
  t.same(changes.map(({ action }) => action).sort(), ['create', 'delete', 'finish'])
})

t.test('one that cannot be written says why', async (t) => {
  const blocked = join(folder(t), 'file')
  writeFileSync(blocked, 'x')
  const client = await app(t, { config: { ONRECORD_BACKUP_DIR: blocked } })
  const { id } = (await client.post('/v1/exports')).json<Export>()
  t.match(await over(client, id), { status: 'failed', file: null, error: /EEXIST|ENOTDIR/ })
})
