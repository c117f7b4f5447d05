// Pictures that lie beside the texts of an export.
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import sharp from 'sharp'
import t, { type Test } from 'tap'
import { readConfig } from '../../../src/config/config.ts'
import type { DraftArticle } from '../../../src/content/articles/schema.ts'
import type { DraftMedia } from '../../../src/content/media/schema.ts'
import { importAll } from '../../../src/importing/commands/import.ts'
import { localFiles, placeOf } from '../../../src/importing/systems/local-files.ts'
import { app, database, folder, opened } from '../../support/app.ts'
import { pictureWith } from '../../support/pictures.ts'
import { zipOf } from './zips.ts'

const picture = () => pictureWith()

/** Writes these files into a folder. */
function written(t: Test, files: Record<string, string | Buffer>) {
  const root = folder(t)
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), bytes)
  }
  return root
}

/** Runs the command; answers what it told, and its report. */
async function imported(t: Test, file: string, ...args: string[]) {
  let out = ''
  const told: { code: string; words?: string }[] = []
  const report = join(folder(t), 'report.jsonl')
  await importAll(['--report', report, '--no-quotes', ...args], () => opened(t, file), {
    settings: { ...readConfig({}), ONRECORD_THREADS: 0, ONRECORD_IMPORT_DAYS: 1 },
    out: { isTTY: false, write: (text) => (out += text) },
    err: { write: (text) => (out += text) }
  })
  for (const line of readFileSync(report, 'utf8').split('\n').filter(Boolean)) told.push(JSON.parse(line))
  return { out, told, codes: told.map(({ code }) => code).sort() }
}

/** What the newsroom holds then: the articles and the media with their files. */
async function held(t: Test, file: string) {
  const { get } = await app(t, { file })
  const articles = (await get('/v1/articles?edition=draft&limit=100')).json<{ data: { id: string }[] }>().data
  const media = (await get('/v1/media?edition=draft&limit=100')).json<{ data: DraftMedia[] }>().data
  const whole: DraftArticle[] = []
  for (const { id } of articles)
    whole.push((await get(`/v1/articles/${id}?edition=draft`)).json<DraftArticle>())
  return { articles: whole, media }
}

t.test(
  'pictures of a folder of Markdown come with their bytes, caption, text and credit, and only once',
  async (t) => {
    const bytes = await picture()
    const root = written(t, {
      'content/posts/late-ferry/index.md': `---
title: Late ferry
date: 2025-01-02
image: harbour.jpg
image_alt: The harbour
image_caption: The harbour at dawn.
image_credit: Ada Keel / Coast Pictures
---
The ferry stays.

![The deck](photos/deck%20one.png "Deck")

![The mast](/img/mast.webp)

![Passwords](../../../../etc/passwd.jpg)

![Far](https://far.example/a.jpg) ![Gone](gone.jpg)
`,
      'content/posts/late-ferry/harbour.jpg': bytes,
      'content/posts/late-ferry/photos/deck one.png': await sharp(await picture())
        .png()
        .toBuffer(),
      'static/img/mast.webp': await sharp(await picture())
        .webp()
        .toBuffer(),
      'static/img/unused.jpg': bytes,
      'static/img/other/mast.webp': await sharp(await picture())
        .webp()
        .toBuffer(),
      'content/posts/other.md': `---\ntitle: Other\nurl: https://paper.example/a/other/\n---\n![Mast](/img/mast.webp)\n\n![Broken](broken.jpg) ![Theirs](/theirs.jpg) ![Mine](mine.jpg) ![Odd](%E0%A4%A)\n`,
      'content/posts/broken.jpg': 'no picture at all',
      'config.toml': 'title = "x"'
    })
    symlinkSync('/etc/hostname', join(root, 'static/img/link.jpg'))
    const file = await database(t)
    const first = await imported(t, file, '--as', 'markdown', root)
    t.match(first.out, /2 articles new, 0 changed/)
    t.same(
      first.told.filter(({ code }) => code === 'picture-left-out').map(({ words }) => words),
      ['etc/passwd.jpg', 'content/posts/late-ferry/gone.jpg'].map((words) =>
        words.replace('content/', 'content/')
      ),
      'what leads out of the folder, or to nothing, is told'
    )
    t.ok(first.codes.includes('file-not-taken'), 'and so is what is no picture')
    t.ok(first.codes.includes('picture-unused'))
    const { articles, media } = await held(t, file)
    const ferry = articles.find(({ title }) => title === 'Late ferry')!
    const shown = new Map(media.map((one) => [one.id, one]))
    const lead = shown.get(ferry.leadMediaId!)!
    t.match(lead, {
      kind: 'image',
      url: /^\/v1\/files\//,
      alt: 'The harbour',
      caption: 'The harbour at dawn.'
    })
    t.match(lead.file, { name: 'harbour.jpg', bytes: bytes.length, type: 'image/jpeg' })
    t.match(lead.credits, [{ creditLine: 'Ada Keel / Coast Pictures' }])
    t.same(
      media
        .filter((one) => one.file)
        .map((one) => one.file!.name)
        .sort(),
      ['deck one.png', 'harbour.jpg', 'mast.webp', 'mast.webp'],
      'each of the stories has a record of the mast, with what it says of it'
    )
    t.same(
      media.flatMap(({ url }) => (url?.startsWith('https:') ? url : [])).sort(),
      [
        'https://far.example/a.jpg',
        'https://paper.example/a/other/mine.jpg',
        'https://paper.example/theirs.jpg'
      ],
      'what is no file of the folder is named by its address, where that is known'
    )
    const [mast] = media.filter((one) => one.file?.name === 'mast.webp')
    t.equal(mast!.file!.type, 'image/webp')

    const again = await imported(t, file, '--as', 'markdown', root)
    t.match(again.out, /0 articles new, 0 changed, 0 comments new, 2 unchanged/)
    t.notOk(again.codes.includes('picture-unused'), 'what is passed over may show any of them')
    const after = await held(t, file)
    t.equal(after.media.length, media.length, 'a second run adds nothing')
    const here = relative(process.cwd(), root)
    t.match((await imported(t, file, '--as', 'markdown', here)).out, /0 articles new.* 2 unchanged/)
    const zip = join(folder(t), 'site.zip')
    const texts = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => ({ name: `${basename(root)}/${name}`, bytes: readFileSync(join(root, name)) }))
    writeFileSync(zip, zipOf(texts))
    const zipped = await imported(t, file, '--as', 'markdown', zip)
    t.match(zipped.out, /0 articles new/, 'a text is known by its path in the folder, wherever that lies')
    writeFileSync(zip, zipOf([...texts, { name: 'readme.md', bytes: Buffer.from('x') }]))
    t.match(
      (await imported(t, file, '--as', 'markdown', zip)).out,
      /1 article new, 1 changed/,
      'in a zip of several, by its name too, but for one that says its address'
    )
  }
)

t.test('pictures beside an export of Ghost or WordPress, in a zip, come with their bytes', async (t) => {
  const [one, two] = [await picture(), await picture()]
  const ghost = {
    db: [
      {
        meta: { exported_on: 1, version: '5.0' },
        data: {
          posts: [
            {
              ...{ id: 'p1', title: 'Late ferry', slug: 'late-ferry', type: 'post', status: 'draft' },
              html: '<p>The ferry stays.</p><p><img src="__GHOST_URL__/content/images/2025/01/a.jpg" alt="A deck"></p>',
              feature_image: '__GHOST_URL__/content/images/2025/01/lead.jpg'
            }
          ]
        }
      }
    ]
  }
  const root = folder(t)
  const zip = join(root, 'ghost.zip')
  writeFileSync(
    zip,
    zipOf([
      { name: 'data/ghost.json', bytes: Buffer.from(JSON.stringify(ghost)) },
      { name: 'content/images/2025/01/a.jpg', bytes: one },
      { name: 'content/images/2025/01/lead.jpg', bytes: two }
    ])
  )
  const file = await database(t)
  const { told } = await imported(t, file, zip)
  t.same(
    told.map(({ code }) => code),
    ['site-unknown']
  )
  const { media, articles } = await held(t, file)
  t.same(media.map(({ file }) => file?.name).sort(), ['a.jpg', 'lead.jpg'])
  t.equal(media.find(({ id }) => id === articles[0]!.leadMediaId)?.file?.name, 'lead.jpg')

  const wxr = `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Paper</title><link>https://paper.example</link><wp:wxr_version>1.2</wp:wxr_version>
<item><title>Late ferry</title><link>https://paper.example/late-ferry/</link><content:encoded><![CDATA[<p>The ferry stays.</p><img src="https://paper.example/wp-content/uploads/2025/01/a.jpg" alt="A deck"><img src="https://other.example/wp-content/uploads/2025/01/a.jpg" alt="Another">]]></content:encoded><wp:post_id>1</wp:post_id><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>lone</title><wp:post_id>2</wp:post_id><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status><wp:attachment_url>https://paper.example/wp-content/uploads/2025/01/lone.jpg</wp:attachment_url></item>
<item><title>bad</title><wp:post_id>3</wp:post_id><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status><wp:attachment_url>https://paper.example/wp-content/uploads/2025/01/bad.jpg</wp:attachment_url></item>
</channel></rss>`
  const site = written(t, {
    'export.xml': wxr,
    'wp-content/uploads/2025/01/a.jpg': one,
    'wp-content/uploads/2025/01/lone.jpg': two,
    'wp-content/uploads/2025/01/bad.jpg': 'no picture'
  })
  const other = await database(t)
  const moved = await imported(t, other, '--as', 'wxr', site)
  t.same(moved.codes.filter((code) => code === 'file-not-taken').length, 1)
  const there = await held(t, other)
  t.same(there.media.map(({ file }) => file?.name ?? null).sort(), ['a.jpg', 'lone.jpg', null, null])
  t.ok(
    there.media.some(({ url }) => url === 'https://other.example/wp-content/uploads/2025/01/a.jpg'),
    'a picture of another site is not the one that lies here'
  )
})

t.test('an export over HTTP brings its pictures, too', async (t) => {
  const bytes = await picture()
  const zip = zipOf([
    { name: 'blog/late-ferry.md', bytes: Buffer.from('---\ntitle: Late ferry\n---\n![A deck](deck.jpg)\n') },
    { name: 'blog/deck.jpg', bytes }
  ])
  const { get, call } = await app(t)
  const sent = await call('POST', '/v1/imports?as=markdown', {
    payload: zip,
    headers: { 'content-type': 'application/zip' }
  })
  t.equal(sent.status, 202)
  const at = `/v1/imports/${sent.json<{ id: string }>().id}`
  const run = async () => (await get(at)).json<{ status: string; counts: object }>()
  while (/queued|running/.test((await run()).status)) await new Promise((done) => setTimeout(done, 50))
  t.match(await run(), { status: 'done', counts: { articles: 1 } })
  const [media] = (await get('/v1/media?edition=draft')).json<{ data: DraftMedia[] }>().data
  t.match(media!.file, { name: 'deck.jpg', bytes: bytes.length })
})

t.test('addresses are looked up among the files of an export alone', (t) => {
  const file = (name: string) => ({ name, size: 1, async *chunks() {} })
  const files = localFiles(
    ['x/content/a.md', 'x/static/img/deep/a.jpg', 'x/static/a.jpg', 'x/content/images/b.jpg'].map(file)
  )
  t.equal(files.find('http://export.invalid/a.jpg'), 'static/a.jpg', 'the one nearest to the root')
  t.equal(files.find('https://paper.example/content/images/b.jpg'), 'content/images/b.jpg')
  t.equal(files.find('https://paper.example/content/images/b.jpg', 'https://other.example/x'), undefined)
  t.equal(files.find('https://paper.example/content/images/%E0%A4.jpg'), undefined)
  t.equal(files.find('no address'), undefined)
  t.equal(files.unused(), 1)
  t.strictSame(placeOf(undefined, {}), {})
  t.strictSame(placeOf('https://a.example/x', {}), { url: 'https://a.example/x' })
  t.strictSame(placeOf('http://export.invalid/img/c.jpg', { url: 'https://paper.example/a/b/' }), {
    url: 'https://paper.example/a/b/img/c.jpg'
  })
  t.end()
})

t.test(
  'a file that cannot be unpacked is told; a folder of files that is none ends the import',
  async (t) => {
    const root = folder(t)
    const zip = join(root, 'blog.zip')
    const post = {
      name: 'late-ferry.md',
      bytes: Buffer.from('---\ntitle: Late ferry\n---\n![A deck](deck.jpg)\n')
    }
    writeFileSync(zip, zipOf([post, { name: 'deck.jpg', bytes: await picture(), size: 3 }]))
    const file = await database(t)
    const { told, out } = await imported(t, file, '--as', 'markdown', zip)
    t.match(out, /1 article new/)
    t.match(
      told.filter(({ code }) => code === 'file-not-taken'),
      [{ words: 'deck.jpg', reason: /cannot be unpacked/ }]
    )
    const blog = written(t, { 'late-ferry.md': post.bytes, 'deck.jpg': await picture() })
    await t.rejects(
      importAll(['--as', 'markdown', blog], async () => opened(t, await database(t)), {
        settings: { ...readConfig({}), ONRECORD_FILES: zip, ONRECORD_IMPORT_DAYS: 1 },
        out: { isTTY: false, write: () => true },
        err: { write: () => true }
      }),
      { code: /EEXIST|ENOTDIR/ }
    )
  }
)
