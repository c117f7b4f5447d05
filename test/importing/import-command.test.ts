// Importing many pages from the command line, and the labelled data that reviewing leaves.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { resolvePath } from '../../src/importing/commands/files.ts'
import { bar, progress } from '../../src/importing/commands/progress.ts'
import type { Import, ImportCard, Imported } from '../../src/importing/records/schema.ts'
import { app, database, folder } from '../support/app.ts'
import { run } from '../support/commands.ts'

const text = (title: string) => `${title}\n\n“It burns,” said Ines Okafor, the keeper.\n`
const html = (title: string) =>
  `<html lang="en"><body><article><h1>${title}</h1><p>“It is closed,” Lee Example said.</p></article></body></html>`

interface Line {
  file: string
  import?: string
  article?: string
  code: string
  detail: string
}
const linesOf = <T>(file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): T => JSON.parse(line))

/** A folder with pages of every kind, and others. */
function pages(home: string) {
  const root = join(home, 'pages')
  mkdirSync(join(root, 'older', 'deep'), { recursive: true })
  writeFileSync(join(root, 'a.html'), html('Pier closes'))
  writeFileSync(join(root, 'older', 'b.htm'), html('Dock closes'))
  writeFileSync(join(root, 'older', 'deep', 'c.txt'), text('The lamp is lit'))
  writeFileSync(join(root, 'older', 'bad.txt'), '   \n')
  writeFileSync(join(root, 'page.php'), html('Lock closes'))
  writeFileSync(join(root, '.hidden.html'), html('Nobody sees this'))
  return root
}

t.test(
  'folders of pages are imported, a bad one stops nothing, and the rest goes on where it was',
  async (t) => {
    const home = folder(t)
    const root = pages(home)
    const binary = join(home, 'picture.jpg')
    writeFileSync(binary, Buffer.from([0xff, 0xd8, 0, 1, 2, 3]))
    const report = join(home, 'report.jsonl')
    const missing = join(home, 'nothing.txt')
    const first = await run(home, ['import', '--report', report, root, binary, missing])
    t.equal(first.code, 1)
    const out = first.out.trim().split('\n')
    t.equal(out[0], `${root}: a folder of 4 pages (2 HTML; 2 plain text); 1 other file left out`)
    t.equal(out[1], `${binary}: a page (HTML or plain text, by what it holds)`)
    t.equal(out.at(-1), '3 pages imported, 0 imported before, 3 failed; 5 warnings.')
    t.match(first.out, /a\.html: art_\w+ "Pier closes", 1 quote\b/)
    t.notMatch(first.out, / {2}The page does not say/, 'the report has the warnings')
    t.same(
      first.err.trim().split('\n').sort(),
      [
        `ENOENT: no such file or directory, stat '${missing}'`,
        `${binary}: This is a binary file, not a page of text.`,
        `${join(root, 'older', 'bad.txt')}: The page has no headline.`
      ].sort()
    )
    const told = linesOf<Line>(report)
    t.same(
      told
        .filter(({ code }) => code === 'not-imported')
        .map(({ file }) => file)
        .sort(),
      [binary, join(root, 'older', 'bad.txt'), missing].sort()
    )
    t.match(
      told.find(({ code }) => code === 'language-unknown'),
      {
        file: join(root, 'older', 'deep', 'c.txt'),
        import: /^imp_/,
        article: /^art_/
      }
    )

    const again = await run(home, ['import', '--as', 'page', root, join(root, 'a.html')])
    t.match(
      again.out,
      /a folder of 5 pages \(2 HTML; 2 plain text; 1 HTML or plain text, by what it holds\)\n/
    )
    t.match(again.out, /a\.html: imported before, as imp_\w+ into art_\w+; --again imports it once more/)
    t.match(again.out, /page\.php: art_\w+ "Lock closes", 1 quote\n {2}\S/, 'with its warnings')
    t.match(again.out, /1 page imported, 3 imported before, 1 failed; \d+ warnings?\.\n$/)
    const once = await run(home, ['import', '--again', join(root, 'a.html')])
    t.equal(once.code, 0)
    t.match(
      once.out,
      /^.*a\.html: a page \(HTML\)\n.*a\.html: art_\w+ [\s\S]*The same page was imported before[\s\S]*1 page imported/
    )
  }
)

t.test('what the command cannot do, it says', async (t) => {
  const home = folder(t)
  const page = join(home, 'page.txt')
  writeFileSync(page, text('The lamp is lit'))
  const exported = join(home, 'export.xml')
  writeFileSync(
    exported,
    '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><item><title>Pier</title></item></channel></rss>'
  )
  const cases: [args: string[], reason: RegExp][] = [
    [['import'], /^Name the files to import/],
    [['import', '--as', 'odd', page], /^--as odd: files can be imported as page/],
    [['import', exported, page], /^These are files of different kinds/],
    [['import', '--system', 'The Paper', exported], /^--system The Paper: a name in small letters/],
    [['import', '--report', join(home, 'no', 'report'), page], /^ENOENT/],
    [['labels'], /^npm run labels -- FILE/],
    [['labels', 'a', 'b'], /^npm run labels -- FILE/],
    [['labels', join(home, 'no', 'labels')], /^ENOENT/]
  ]
  for (const [args, reason] of cases) {
    const { code, err } = await run(home, args)
    t.equal(code, 1, args.join(' '))
    t.match(err.trim(), reason)
    t.equal(err.trim().split('\n').length, 1, 'in one line')
  }
  mkdirSync(join(home, 'empty'))
  t.match(resolvePath(join(home, 'empty'), false), { files: [], as: 'a folder of 0 pages' })
})

t.test('the same page twice among the files is imported once', async (t) => {
  const home = folder(t)
  for (const name of ['a.txt', 'b.txt', 'c.txt', 'd.txt'])
    writeFileSync(join(home, name), text('The lamp is lit'))
  const { out } = await run(home, [
    'import',
    ...['a', 'b', 'c', 'd'].map((name) => join(home, `${name}.txt`))
  ])
  t.match(out, /1 page imported, 3 imported before, 0 failed/)
})

t.test('a terminal shows a bar, anything else a line for each file', (t) => {
  const written: string[] = []
  const errors: string[] = []
  const err = { write: (line: string) => errors.push(line) }
  const out = (isTTY: boolean, columns?: number) => ({
    isTTY,
    ...(columns && { columns }),
    write: (line: string) => written.push(line)
  })
  const terminal = progress(out(true, 40), err, 4)
  terminal.done(['not shown'])
  terminal.failed('a.html: no headline')
  terminal.end()
  t.same(written, [
    '\r\x1b[K[########----------------------] 1 of 4',
    '\r\x1b[K',
    '[##########----------] 2 of 4, 1 failed',
    '\n'
  ])
  t.same(errors, ['a.html: no headline\n'])
  written.length = 0
  const wide = progress(out(true), err, 2)
  wide.done([])
  wide.failed('b')
  t.match(written[0], /\[#{20}-{20}\] 1 of 2$/)
  written.length = 0
  const lines = progress(out(false), err, 2)
  lines.done(['one', 'two'])
  lines.failed('c')
  lines.end()
  t.same(written, ['one\ntwo\n'])
  t.equal(bar({ done: 1, total: 2, failed: 0 }, 5), '[] 1 of 2', 'however narrow it is')
  t.end()
})

t.test('what was decided on imports is written as labelled data', async (t) => {
  const home = folder(t)
  const file = await database(t)
  const client = await app(t, { file })
  const page = `<html lang="en"><head><link rel="canonical" href="https://tide.example/pier"></head><body><article><h1>Pier opens</h1>
<figure><img src="https://tide.example/a.jpg?x=1&amp;y"><figcaption>The “pier” at noon. <span class="credit">Ana Example/Harbour Wire</span></figcaption></figure>
<figure><img src="https://tide.example/b.jpg"><figcaption>Boats wait. Photo: Ida Clerk</figcaption></figure>
<figure><img src="https://tide.example/c.jpg"><figcaption>Photo: Nobody Else</figcaption></figure>
<p>The pier of Port Aldis opens on Monday after two winters of repairs, and its keeper is glad.</p>
<p>“We painted every rail,” said Nell Fathom, the keeper. “All of them.”</p><p>“It took two winters,” one painter told the Example Times.</p>
<p>The work cost more than the town had planned, according to Otto Brine.</p><p>“She never gave up,” he said.</p></article></body></html>`
  const importing = async (content: string, type: string) =>
    (await client.post('/v1/imports', content, { headers: { 'content-type': type } })).json<Imported>()
  const { import: card, proposals, article } = await importing(page, 'text/html')
  await importing('A headline\n\nAnd words without anybody.', 'text/plain')
  const waiting = await importing(text('The lamp is lit'), 'text/plain')
  const quotes = proposals.filter(({ kind }) => kind === 'quote')
  const credits = proposals.filter(({ kind }) => kind === 'credit')
  await client.post(`/v1/articles/${article.id}/quotes`, { text: 'its keeper is glad', kind: 'mixed' })
  const reviewed = await client.post(`/v1/imports/${card.id}/review`, {
    quotes: [{ id: quotes.at(-1)!.id, decision: 'reject' }],
    credits: [{ id: credits[2]!.id, decision: 'reject' }],
    rest: 'accept'
  })
  t.equal(reviewed.json<Import>().status, 'decided', reviewed.body)
  await client.patch(`/v1/media/${article.media.find(({ url }) => url?.endsWith('b.jpg'))!.id}`, {
    caption: null
  })
  const written = async () => {
    const to = join(home, 'labels.jsonl')
    const { out, code, err } = await run(home, ['labels', to], { DATABASE_URL: `file:${file}` })
    t.equal(code, 0, err)
    return { out, lines: linesOf<Record<string, unknown>>(to) }
  }
  const { out, lines } = await written()
  t.equal(out, '1 reviewed imports have been written.\n')
  t.equal(lines.length, 1, 'not those that wait, or that had nothing to decide')
  t.match(lines[0], {
    id: card.id,
    language: 'en',
    titled: true,
    url: 'https://tide.example/pier',
    text: /^Pier opens\n\nThe pier of Port Aldis/,
    quotes: [
      { text: ['We painted every rail', 'All of them.'], speaker: 'Nell Fathom', role: 'the keeper' },
      { text: ['It took two winters'], speaker: 'one painter', unnamed: true, chain: ['Example Times'] },
      { text: ['The work cost more than the town had planned'], speaker: 'Otto Brine', type: 'claim' },
      { text: ['its keeper is glad'], speaker: null }
    ],
    media: [
      {
        url: 'https://tide.example/a.jpg?x=1&y',
        caption: 'The “pier” at noon.',
        creators: ['Ana Example'],
        suppliers: ['Harbour Wire']
      },
      { url: 'https://tide.example/b.jpg', caption: '', creators: ['Ida Clerk'] }
    ],
    page: { mediaType: 'text/html', content: page }
  })
  t.equal((lines[0]!.quotes as unknown[]).length, 4)
  t.match(
    lines[0]!.html,
    '<figure><img src="https://tide.example/a.jpg?x=1&#38;y" alt=""><figcaption>The “pier” at noon. <span class="credit">Ana Example/Harbour Wire</span></figcaption></figure>'
  )
  t.match(lines[0]!.proposals, [{ rule: 'credit-element', decision: 'accepted' }].slice(1))

  await client.post(`/v1/imports/${waiting.import.id}/review`, { rest: 'accept' })
  await client.db.write('a test', (tx) => tx.q.delete(tx.t.importPages))
  await client.patch(`/v1/media/${article.media[0]!.id}`, { url: null })
  await client.remove(`/v1/media-credits/${credits[1]!.id}`)
  const later = (await written()).lines
  t.equal(later.length, 2)
  t.notOk('page' in later[0]!, 'no longer kept')
  t.same(later[0]!.media, [], 'neither without an address nor without a credit')
  t.match(later[1], { quotes: [{ speaker: 'Ines Okafor' }], media: [], html: '' })
  t.notOk('url' in later[1]!)
  await client.remove(`/v1/articles/${article.id}`)
  t.equal((await written()).lines.length, 1, 'not those of the trash')
  const list = (await client.get('/v1/imports')).json<{ data: ImportCard[] }>()
  t.same(list.data, [])
})
