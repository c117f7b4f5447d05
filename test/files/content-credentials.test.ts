// Content Credentials (C2PA): read and verified when a picture is sent, told with it, and held against what else is said.
import t from 'tap'
import type { DraftMedia, Media } from '../../src/content/media/schema.ts'
import { credentialsOf, readCredentials } from '../../src/files/metadata/credentials.ts'
import type { CheckResult } from '../../src/publishing/checks/schema.ts'
import { app } from '../support/app.ts'
import { pictureWith, property, rendered, signed, tampered, uploaded } from '../support/pictures.ts'

const said = {
  state: 'valid',
  signer: 'Example Camera',
  issuer: 'Harbour Wire',
  signedAt: null,
  software: 'example 1',
  digitalSourceType: 'trainedAlgorithmicMedia',
  problems: ['signingCredential.untrusted']
}

t.test(
  'what a signature says is told with the picture, and readers are not left without a label',
  async (t) => {
    const client = await app(t)
    await client.put('/v1/media-settings', { widths: [16], formats: ['jpeg'] })
    const media = await uploaded(client, signed())
    t.same(media.contentCredentials, said)
    const story = await client.draft({ leadMediaId: media.id })
    await client.post(`/v1/media/${media.id}/credits`, { creditLine: 'Harbour Wire' })
    const codes = async () => {
      await rendered(client, media.id)
      const { checks } = (await client.get(`/v1/articles/${story.id}/checks`)).json<{
        checks: CheckResult[]
      }>()
      return checks.map(({ code }) => code).filter((code) => /generated|source-types|credentials/.test(code))
    }
    t.same(await codes(), ['generated-without-label', 'source-types-differ'])
    await client.patch(`/v1/media/${media.id}`, { digitalSourceType: 'trainedAlgorithmicMedia' })
    t.same(await codes(), ['source-types-differ'])
    t.equal((await client.post(`/v1/articles/${story.id}/publish`)).status, 200)
    t.same((await client.read(`/v1/media/${media.id}`)).json<Media>().contentCredentials, said)

    const changed = await uploaded(client, tampered())
    t.match(changed.contentCredentials, { state: 'invalid', signer: 'Example Camera' })
    t.ok(changed.contentCredentials?.problems.includes('assertion.dataHash.mismatch'))
    const plain = await uploaded(client, await pictureWith(property('dc:description', 'About c2pa.')))
    t.notOk('contentCredentials' in plain, 'nothing is told where nothing was signed')
    const broken = Buffer.from(signed().toString('latin1').replaceAll('jumd', 'jumx'), 'latin1')
    t.match((await uploaded(client, broken)).contentCredentials, {
      state: 'invalid',
      problems: ['unreadable']
    })
  }
)

t.test('who is trusted says the newsroom', async (t) => {
  const client = await app(t, { config: { ONRECORD_C2PA_ANCHORS: 'file:test/samples/signed-root.pem' } })
  const { contentCredentials } = (await uploaded(client, signed())) as DraftMedia
  t.same(contentCredentials, { ...said, state: 'trusted', problems: [] })
})

t.test('a time stamp is told, and what is missing is not guessed', async (t) => {
  t.equal(await readCredentials({ path: 'nowhere', type: 'image/jpeg', bytes: 1e9 }), null, 'too large')
  const stamped = credentialsOf({
    active_manifest: 'a',
    validation_state: 'Valid',
    manifests: { a: { signature_info: { time: '2026-11-02T09:00:00+01:00' } } }
  })
  t.same(stamped, {
    state: 'valid',
    signer: null,
    issuer: null,
    signedAt: '2026-11-02T08:00:00.000Z',
    software: null,
    digitalSourceType: null,
    problems: []
  })
  const inherited = {
    assertions: [
      { label: 'c2pa.actions', data: { actions: [{ digitalSourceType: 'x/digitalCapture' }, {}] } },
      { label: 'c2pa.hash.data', data: {} }
    ]
  }
  const none = credentialsOf({ validation_state: 'Invalid', manifests: { b: { ...inherited } } })
  t.match(none, { state: 'invalid', digitalSourceType: 'digitalCapture' })
})
