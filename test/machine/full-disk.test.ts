// A disk that fills up under uploads: a small one of its own.
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { DraftMedia } from '../../src/content/media/schema.ts'
import type { Problem } from '../../src/http/problems.ts'
import { app, type Client, folder } from '../support/app.ts'
import { noise, rendered, uploaded } from '../support/pictures.ts'

/** Whether this process may mount a disk: as root. */
const mounts = () => {
  const home = '/tmp/onrecord-mount-try'
  mkdirSync(home, { recursive: true })
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', home])
  if (status === 0) spawnSync('umount', [home])
  rmSync(home, { recursive: true })
  return status === 0 ? {} : { skip: 'mounting a disk takes root' }
}

const noisyPng = (width: number, height: number) =>
  noise(width, height, 40).png({ compressionLevel: 0 }).toBuffer()

const send = (client: Client, payload: Buffer) =>
  client.call('POST', '/v1/media', { payload, headers: { 'content-type': 'image/png' } })

t.test('on a full disk uploads are 507, and reads go on', mounts(), async (t) => {
  const disk = folder(t)
  t.equal(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'none', disk]).status, 0)
  // Lazily: files of the program may still be open.
  t.teardown(() => spawnSync('umount', ['-l', disk]))
  // Once for the files alone, once with the database beside them.
  for (const file of [undefined, join(disk, 'news.db')]) {
    const config = { ONRECORD_FILES: `file:${join(disk, 'files')}` }
    const client = await app(t, { config, ...(file && { file }) })
    await client.put('/v1/media-settings', { widths: [16], formats: ['jpeg'] })
    const small = await noisyPng(30, 20)
    const { id, file: stored } = await uploaded(client, small, 'image/png')
    t.equal((await rendered(client, id)).rendering?.state, 'ready')
    const answers: number[] = []
    for (let i = 0; i < 20 && answers.at(-1) !== 507; i++) {
      const answer = await send(client, await noisyPng(1000 + i, 500))
      answers.push(answer.status)
      if (answer.status === 507)
        t.match(answer.json<Problem>().detail, /disk of the service is full: nothing was written/)
    }
    t.equal(answers.at(-1), 507, answers.join(' '))
    const ballast = join(disk, 'ballast')
    for (let size = 2 ** 16; size >= 64; size >>= 1)
      try {
        for (;;) appendFileSync(ballast, Buffer.alloc(size))
      } catch {
        // So much does not fit: less may.
      }
    for (let i = 0; i < 5; i++) t.equal((await send(client, await noisyPng(200, 100 + i))).status, 507)
    const authorization = 'Bearer onr_test'
    const read = await client.server.inject({ url: stored!.url, headers: { authorization } })
    t.same(read.rawPayload, small, 'a file is read')
    t.equal((await client.get('/v1/media?edition=draft')).status, 200, 'and lists are')
    rmSync(ballast)
    const found = (await client.get('/v1/media?edition=draft')).json<{ data: DraftMedia[] }>()
    for (const one of found.data)
      if (one.id !== id) t.equal((await client.remove(`/v1/media/${one.id}`)).status, 204)
    rmSync(join(disk, 'files'), { recursive: true })
    await client.server.close()
  }
})
