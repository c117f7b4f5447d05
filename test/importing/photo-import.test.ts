// Folders of pictures from the command line.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import type { DraftMedia } from '../../src/content/media/schema.ts'
import { open } from '../../src/storage/sqlite/open.ts'
import { app, folder } from '../support/app.ts'
import { run } from '../support/commands.ts'
import { pictureWith, property, seq, uploaded } from '../support/pictures.ts'

const linesOf = (file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

t.test('folders of pictures are taken once, and what has no credit is told', async (t) => {
  const home = folder(t)
  const client = await app(t, { file: join(home, 'news.db') })
  const root = join(home, 'pictures')
  const at = (name: string) => join(root, name)
  mkdirSync(at('2026/harbour'), { recursive: true })
  const credited = await pictureWith(
    property('photoshop:Credit', 'Ana Example/Harbour Wire'),
    seq('dc:creator', 'Ana Example'),
    property('photoshop:City', 'Port Aldis')
  )
  writeFileSync(at('2026/ferry.jpg'), credited)
  writeFileSync(at('2026/ferry, the same.JPEG'), credited)
  writeFileSync(at('2026/quay.jpg'), await pictureWith())
  writeFileSync(at('2026/half.png'), (await pictureWith()).subarray(0, 300))
  writeFileSync(at('notes.txt'), 'no picture')
  writeFileSync(at('.hidden.jpg'), credited)
  const report = join(home, 'report.jsonl')
  const missing = join(home, 'nothing')

  const args = ['import', '--as', 'photos', '--report', report, root, missing]
  const first = await run(home, args)
  t.equal(first.code, 1)
  const out = first.out.trim().split('\n')
  t.equal(out[0], `${root}: a folder of 4 pictures; 1 other file left out`)
  t.equal(
    out.at(-1),
    '2 pictures imported, 1 imported before, 2 failed; 1 of the new ones without a word of who made or supplied them.'
  )
  t.match(first.out, /\.(jpg|JPEG): med_\w+ Ana Example\/Harbour Wire$/m)
  t.match(first.out, /quay\.jpg: med_\w+ without a credit$/m)
  t.match(first.out, /: imported before, as med_/)
  t.match(first.err, /half\.png: The picture /)
  t.match(first.err, /nothing: ENOENT/)
  const told = linesOf(report)
  t.match(
    told.find(({ code }) => code === 'credit-proposed'),
    { media: /^med_/, credit: { creditLine: 'Ana Example/Harbour Wire', creators: ['Ana Example'] } }
  )
  t.match(
    told.find(({ code }) => code === 'no-credit'),
    { file: at('2026/quay.jpg'), media: /^med_/ }
  )
  t.equal(told.filter(({ code }) => code === 'not-imported').length, 2)
  mkdirSync(join(home, 'one'))
  writeFileSync(join(home, 'one', 'ferry.jpg'), credited)
  const one = await run(home, ['import', '--as', 'photos', join(home, 'one')])
  t.match(one.out, `${join(home, 'one')}: a folder of 1 picture\n`)

  const { data } = (await client.get('/v1/media?edition=draft')).json<{ data: DraftMedia[] }>()
  t.equal(data.length, 2)
  t.ok(data.every(({ credits, caption }) => credits.length === 0 && caption === null))

  rmSync(at('2026/half.png'))
  // A picture whose bytes are lost: its renditions cannot be made meanwhile.
  const lost = await uploaded(client, await pictureWith())
  await client.server.close()
  const db = open(`file:${join(home, 'news.db')}`)
  rmSync(join(db.filesFolder, lost.file!.digest.slice(0, 2), lost.file!.digest))
  await db.write('a test', (tx) =>
    tx.q.update(tx.t.renditionSets).set({ state: 'pending', dueAt: tx.now, attempts: 0 })
  )
  await db.close()
  writeFileSync(
    at('2026/later.jpg'),
    credited.toString('latin1').replace('Port Aldis', 'Port Borea'),
    'latin1'
  )
  const again = await run(home, ['import', '--as', 'photos', '--accept', root])
  t.equal(again.code, 0)
  t.match(again.out, /^1 picture imported, 3 imported before, 0 failed; 0 of the new ones/m)
  t.match(again.err, /missing/)
  const later = await app(t, { file: join(home, 'news.db') })
  const [accepted] = (await later.get('/v1/media?edition=draft')).json<{ data: DraftMedia[] }>().data
  t.match(accepted, {
    file: { name: 'later.jpg' },
    location: { city: 'Port Borea' },
    credits: [{ creditLine: 'Ana Example/Harbour Wire' }]
  })

  const pdf = join(home, 'plan.pdf')
  writeFileSync(pdf, '%PDF-1.4\n%%EOF\n')
  const others = await run(home, ['import', '--as', 'photos', '--accept', '--report', report, pdf])
  t.match(others.out, /^\S+plan\.pdf: a picture\n/, 'what is named is taken')
  t.match(others.out, /plan\.pdf: med_\w+ without a credit/)
  t.match(linesOf(report), [{ code: 'no-credit' }])
  const accept = await run(home, [
    'import',
    '--as',
    'photos',
    '--accept',
    '--report',
    report,
    at('ferry.jpg')
  ])
  t.match(accept.out, /imported before/)
  t.match((await run(home, ['import', '--help'])).out, /--as photos +take pictures/)
})
