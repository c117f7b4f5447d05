// What a file says of its picture: kept for the desk, proposed, taken over by an editor, and held against what was typed.
import t from 'tap'
import type { MediaCredit } from '../../src/content/credits/schema.ts'
import type { DraftMedia, Media } from '../../src/content/media/schema.ts'
import { bounded, storable } from '../../src/files/metadata/kept.ts'
import type { PictureMetadata } from '../../src/files/metadata/read.ts'
import type { Problem } from '../../src/http/problems.ts'
import type { CheckResult } from '../../src/publishing/checks/schema.ts'
import { app } from '../support/app.ts'
import { pictureWith, property, rendered, seq, uploaded } from '../support/pictures.ts'

const clock = () => new Date('2026-11-02T08:00:00.000Z')
const small = { widths: [16], formats: ['jpeg'] }

/** All that this picture says. */
const said = [
  seq('dc:creator', 'Ana Example'),
  property('photoshop:Credit', 'Ana Example/Harbour Wire'),
  property('photoshop:Source', 'Harbour Wire'),
  property('dc:rights', 'Copyright 2026 Harbour Wire'),
  property('xmpRights:UsageTerms', 'Not for advertising.'),
  property('plus:LicenseEndDate', '2027-01-31'),
  property('plus:LicenseStartDate', '2026-12-01'),
  property('dc:description', 'The late ferry leaves.'),
  property('Iptc4xmpCore:AltTextAccessibility', 'A ferry at dusk.'),
  seq('Iptc4xmpExt:PersonInImage', 'Mara Lindqvist'),
  property('photoshop:City', 'Port Aldis'),
  property('photoshop:DateCreated', '2026-11-01T19:30:00+01:00'),
  property('exif:GPSLatitude', '59,20.5N'),
  property('Iptc4xmpExt:DigitalSourceType', 'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture')
]

t.test('what a picture says is proposed, and taken over by somebody who stands for it', async (t) => {
  const client = await app(t, { clock })
  const { get, post, read } = client
  await client.put('/v1/media-settings', small)
  const media = await uploaded(client, await pictureWith(...said))
  t.match(media, { caption: null, credits: [], capturedAt: null, embargoUntil: null }, 'nothing by itself')

  const url = `/v1/media/${media.id}/metadata`
  const metadata = (await get(url)).json<PictureMetadata>()
  t.match(metadata, {
    mediaId: media.id,
    faults: [],
    leftOut: [],
    proposal: {
      credit: {
        creditLine: 'Ana Example/Harbour Wire',
        creators: ['Ana Example'],
        suppliers: ['Harbour Wire'],
        copyrightNotice: 'Copyright 2026 Harbour Wire',
        usageTerms: 'Not for advertising.',
        expiresAt: '2027-01-31T23:59:59.999Z',
        territories: null
      },
      captured: { zone: '+01:00', instant: '2026-11-01T18:30:00.000Z' },
      location: { city: 'Port Aldis', country: null }
    },
    values: { xmp: { Credit: 'Ana Example/Harbour Wire', GPSLatitude: '59,20.5N' } }
  })
  t.ok(
    metadata.readings.some(
      ({ field, place, property }) => field === 'creditLine' && place === 'xmp' && property === 'Credit'
    )
  )
  t.equal((await read(url)).status, 401, 'for the desk only')

  await client.patch(`/v1/media/${media.id}`, { caption: 'Typed by an editor.' })
  const viewer = await client.token('viewer')
  t.equal((await post(`${url}/accept`, {}, { token: viewer.token })).status, 403)
  const stale = await post(`${url}/accept`, {}, { headers: { 'if-match': '"v1-0"' } })
  t.equal(stale.status, 412)
  const accepted = await post(`${url}/accept`, {})
  t.equal(accepted.status, 200, accepted.body)
  t.match(accepted.json<DraftMedia>(), {
    caption: 'Typed by an editor.',
    alt: 'A ferry at dusk.',
    people: ['Mara Lindqvist'],
    location: { city: 'Port Aldis' },
    capturedAt: '2026-11-01T18:30:00.000Z',
    digitalSourceType: 'digitalCapture',
    embargoUntil: '2026-12-01T00:00:00.000Z',
    credits: [{ creditLine: 'Ana Example/Harbour Wire', expiresAt: '2027-01-31T23:59:59.999Z' }]
  })
  const again = (await post(`${url}/accept`, {})).json<DraftMedia>()
  t.equal(again.version, accepted.json<DraftMedia>().version, 'there is nothing left to take over')
  const answer = await post(`${url}/accept`, { fields: ['caption', 'credit'] })
  t.equal(answer.status, 200, answer.body)
  const named = answer.json<DraftMedia>()
  t.equal(named.caption, 'The late ferry leaves.', 'what is named replaces what is there')
  t.equal(named.credits.length, 2, 'and a credit is added')

  await client.patch(`/v1/media/${media.id}`, { embargoUntil: null })
  await rendered(client, media.id)
  const story = await client.draft({ leadMediaId: media.id })
  t.equal((await post(`/v1/articles/${story.id}/publish`)).status, 200)
  const shown = await read(`/v1/media/${media.id}`)
  t.match(shown.json<Media>(), { people: ['Mara Lindqvist'], location: { city: 'Port Aldis' } })
  t.notMatch(shown.body, /GPS|59,20/, 'no position is public')
})

t.test('what is not said cannot be taken over', async (t) => {
  const client = await app(t, { clock })
  const none = (await client.post('/v1/media', { kind: 'image', url: 'https://a.example/b.jpg' })).json<{
    id: string
  }>()
  t.equal((await client.get(`/v1/media/${none.id}/metadata`)).status, 404)
  const refused = await client.post(`/v1/media/${none.id}/metadata/accept`, {})
  t.equal(refused.status, 409)
  const silent = await uploaded(client, await pictureWith())
  const missing = await client.post(`/v1/media/${silent.id}/metadata/accept`, { fields: ['alt', 'credit'] })
  t.equal(missing.status, 422)
  t.match(missing.json<Problem>(), { errors: [{ pointer: '/fields/0' }] })
  const nothing = await client.post(`/v1/media/${silent.id}/metadata/accept`, {})
  t.match(nothing.json<DraftMedia>(), { version: 1, credits: [] })
})

t.test('where editor and file differ, a check says so', async (t) => {
  const client = await app(t, { clock })
  await client.put('/v1/media-settings', small)
  const media = await uploaded(client, await pictureWith(...said))
  const story = await client.draft({ leadMediaId: media.id })
  const differing = async () => {
    const { checks } = (await client.get(`/v1/articles/${story.id}/checks`)).json<{ checks: CheckResult[] }>()
    return checks
      .filter(({ code }) => code === 'credit-differs-from-file' || code === 'embargo-of-file')
      .map(({ pointer, severity, detail }) => `${severity} ${pointer} ${detail.split('says ').at(-1)}`)
  }
  const embargo = `warning /media/0 The file of the picture ${media.id} is under embargo until 2026-12-01T00:00:00.000Z.`
  t.same(await differing(), [embargo], 'without a credit there is nothing to compare')
  const credit = (
    await client.post(`/v1/media/${media.id}/credits`, {
      creditLine: 'ANA EXAMPLE / Harbour Wire',
      creators: ['Ben Other'],
      suppliers: ['harbour wire']
    })
  ).json<MediaCredit>()
  t.same(await differing(), [
    'warning /media/0/credits/0/creators “Ana Example”, and its credits say something else.',
    'warning /media/0/credits/0/usageTerms “Not for advertising.”, and its credits say nothing of that.',
    'warning /media/0/credits/0/expiresAt “2027-01-31T23:59:59.999Z”, and its credits say nothing of that.',
    embargo
  ])
  await client.patch(`/v1/media-credits/${credit.id}`, {
    creators: ['Ana Example'],
    usageTerms: 'Not for advertising',
    expiresAt: '2027-01-31T23:59:59.999Z'
  })
  await client.patch(`/v1/media/${media.id}`, { embargoUntil: '2026-12-01T00:00:00Z' })
  t.same(await differing(), [])
  const unlined = await uploaded(client, await pictureWith(seq('dc:creator', 'Ana Example', 'Bo Other')))
  await client.post(`/v1/media/${unlined.id}/credits`, { creditLine: 'Bo and Ana' })
  await client.patch(`/v1/articles/${story.id}`, { leadMediaId: unlined.id })
  t.same(await differing(), [], 'a line that was put together of names is nobody’s words')
  const by = 'https://creativecommons.org/licenses/by/4.0/'
  const free = await uploaded(client, await pictureWith(property('xmpRights:WebStatement', by)))
  const licence = { name: 'Wire', url: 'https://wire.example/licence' }
  await client.post(`/v1/media/${free.id}/credits`, { creditLine: 'Wire', licence })
  await client.patch(`/v1/articles/${story.id}`, { leadMediaId: free.id })
  t.same(await differing(), [
    `warning /media/0/credits/0/licence “${by}”, and its credits say something else.`
  ])
})

t.test('what cannot be stored is left out, and what is too long is named', async (t) => {
  const xmp = { Credit: 'a\0b\ud800', Long: 'x'.repeat(600_000) }
  const properties = storable({ xmp, iim: {}, exif: {} })
  t.equal(properties.xmp.Credit, 'ab\ufffd')
  const kept = bounded(
    [{ field: 'usageTerms', place: 'xmp', property: 'Long', value: 'x'.repeat(600_000) }],
    properties
  )
  t.same(kept, {
    readings: [],
    properties: { xmp: { Credit: 'ab\ufffd' }, iim: {}, exif: {} },
    leftOut: ['Long']
  })
})
