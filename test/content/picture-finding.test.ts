// Finding pictures at the desk: by credits, rights and form, and those that look alike.
import sharp, { type Sharp } from 'sharp'
import t from 'tap'
import type { DraftMedia } from '../../src/content/media/schema.ts'
import { app, type Client } from '../support/app.ts'
import { pictureWith, rendered, uploaded } from '../support/pictures.ts'

const found = async ({ get }: Client, filters: string) =>
  (await get(`/v1/media?edition=draft&${filters}`)).json<{ data: DraftMedia[] }>().data.map(({ id }) => id)

t.test('the desk finds media by their credits, the end of rights, form and source', async (t) => {
  const client = await app(t)
  const { post, patch } = client
  const add = async (width: number | null, height: number | null, more = {}) =>
    (
      await post('/v1/media', {
        kind: 'image',
        url: 'https://pictures.example/a.jpg',
        width,
        height,
        ...more
      })
    ).json<DraftMedia>().id
  const wide = await add(300, 200, { digitalSourceType: 'digitalCapture' })
  const tall = await add(200, 300, { digitalSourceType: 'trainedAlgorithmicMedia' })
  const square = await add(200, 200)
  const unknown = await add(null, null)
  const own = (await uploaded(client, await pictureWith())).id
  t.same(await found(client, 'orientation=landscape'), [own, wide])
  t.same(await found(client, 'orientation=portrait&orientation=square'), [square, tall])
  t.same(await found(client, 'digitalSourceType=digitalCapture'), [wide])
  t.notOk((await found(client, 'orientation=landscape,portrait,square')).includes(unknown))

  const credit = async (id: string, input: object) =>
    (await post(`/v1/media/${id}/credits`, { creditLine: 'A line', ...input })).json<{ id: string }>().id
  const one = await credit(wide, {
    creators: ['Ana Example', 'Ana Example'],
    suppliers: ['Harbour Wire'],
    licence: { name: 'One use' },
    expiresAt: '2027-01-31T00:00:00Z'
  })
  await credit(wide, { suppliers: ['Harbour Wire'] })
  await credit(tall, { creators: ['Bo Other'], suppliers: ['Quay News'] })
  t.same(await found(client, 'supplier=Harbour%20Wire'), [wide])
  t.same(await found(client, 'supplier=Harbour%20Wire&supplier=Quay%20News'), [tall, wide])
  t.same(await found(client, 'creator=Ana%20Example'), [wide])
  t.same(await found(client, 'licence=One%20use&expiresAt.lt=2027-02-01T00:00:00Z'), [wide])
  t.same(await found(client, 'expiresAt.lt=2027-01-31T00:00:00Z'), [])
  await patch(`/v1/media-credits/${one}`, { usageTerms: 'Online.' })
  t.same(await found(client, 'creator=Ana%20Example'), [wide], 'terms are no name')
  await patch(`/v1/media-credits/${one}`, { creators: ['Cy Third'], licence: null })
  t.same(await found(client, 'creator=Ana%20Example'), [])
  t.same(await found(client, 'creator=Cy%20Third'), [wide])
  t.same(await found(client, 'licence=One%20use'), [])
  await client.remove(`/v1/media-credits/${one}`)
  t.same(await found(client, 'creator=Cy%20Third'), [])
})

t.test('readers find published media by what the published credits and pictures say', async (t) => {
  const client = await app(t)
  const { post, patch, read } = client
  const found = async (filters: string, list = 'media') => {
    const answer = await read(`/v1/${list}?${filters}`)
    t.equal(answer.status, 200, filters)
    return answer.json<{ data: { id: string }[] }>().data.map(({ id }) => id)
  }
  const add = async (size: object, credits: object[], more = {}) => {
    const file = { kind: 'image', url: 'https://pictures.example/a.jpg', ...size, ...more }
    const { id } = (await post('/v1/media', file)).json<DraftMedia>()
    const ids = credits.map(
      async (one) => (await post(`/v1/media/${id}/credits`, one)).json<{ id: string }>().id
    )
    return { id, credits: await Promise.all(ids) }
  }
  const story = (leadMediaId: string) =>
    client.draft({ sources: [], quotes: [], tags: [], section: 'harbour', leadMediaId })
  const free = { creditLine: 'Ana', creators: ['Ana Example'], licence: { name: 'CC BY 4.0' } }
  const wire = {
    creditLine: 'Harbour Wire',
    suppliers: ['Harbour Wire'],
    licence: { name: 'One use' },
    expiresAt: '2126-01-31T00:00:00Z'
  }
  const wide = await add({ width: 300, height: 200 }, [free, wire], { digitalSourceType: 'digitalCapture' })
  const tall = await add({ width: 200, height: 300 }, [free])
  const square = await add({ width: 200, height: 200 }, [{ creditLine: 'Bo' }])
  const unknown = await add({}, [wire])
  const secret = await add({ width: 300, height: 200 }, [free, wire])
  for (const { id } of [wide, tall, square, unknown])
    t.equal((await post(`/v1/articles/${(await story(id)).id}/publish`)).status, 200)
  await story(secret.id)
  t.same(await found('orientation=landscape'), [wide.id])
  t.same(await found('orientation=portrait,square'), [square.id, tall.id])
  t.same(await found('creator=Ana%20Example'), [tall.id, wide.id])
  t.same(await found('supplier=Harbour%20Wire&licence=CC%20BY%204.0'), [wide.id])
  t.same(await found('licence=One%20use'), [unknown.id, wide.id])
  t.same(await found('digitalSourceType=digitalCapture'), [wide.id])
  t.same(await found('expiresAt.lt=2126-02-01T00:00:00Z&sort=createdAt'), [wide.id, unknown.id])
  t.same(await found('expiresAt.lt=2126-01-31T00:00:00Z'), [])
  t.same(await found('licence=CC%20BY%204.0', 'media-credits'), [tall.credits[0], wide.credits[0]])

  const changed = await patch(`/v1/media-credits/${tall.credits[0]}`, {
    creators: ['Cy Third'],
    licence: null
  })
  t.equal(changed.status, 200)
  t.same(await found('creator=Cy%20Third'), [], 'what was not published finds nothing')
  t.equal((await post(`/v1/media/${tall.id}/republish`)).status, 200)
  t.same(await found('creator=Cy%20Third'), [tall.id])
  t.same(await found('creator=Ana%20Example'), [wide.id])
  t.equal(
    (await read(`/v1/media?similarTo=${wide.id}`)).status,
    400,
    'only the desk is told what looks alike'
  )
})

t.test('pictures that look alike are found, whatever their size and format', async (t) => {
  const client = await app(t)
  await client.put('/v1/media-settings', { widths: [16], formats: ['jpeg'] })
  /** Shapes of light and dark, as a photograph has them. */
  const scene = (light: string, x: number) =>
    sharp(
      Buffer.from(
        `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="480"><rect width="640" height="480" fill="#123"/><circle cx="${x}" cy="180" r="120" fill="${light}"/><rect x="60" y="330" width="420" height="90" fill="#986"/><path d="M0 480 L320 250 L640 480 Z" fill="#374"/></svg>`
      )
    )
  const send = async (picture: Sharp, type = 'jpeg' as 'jpeg' | 'png' | 'webp') => {
    const bytes = await picture.toFormat(type).toBuffer()
    return (await rendered(client, (await uploaded(client, bytes, `image/${type}`)).id)).id
  }
  const first = await send(scene('#fd8', 200))
  const small = await send(scene('#fd8', 200).resize(200), 'webp')
  const brighter = await send(scene('#fd8', 200).modulate({ brightness: 1.1 }), 'png')
  const other = await send(scene('#fd8', 500))
  const mirrored = await send(scene('#fd8', 200).flop())
  t.same(await found(client, `similarTo=${first}`), [brighter, small])
  t.same(await found(client, `similarTo=${small}`), [brighter, first])
  for (const id of [other, mirrored]) t.same(await found(client, `similarTo=${id}`), [])
  const elsewhere = (
    await client.post('/v1/media', { kind: 'image', url: 'https://pictures.example/a.jpg' })
  ).json<DraftMedia>().id
  t.same(await found(client, `similarTo=${elsewhere}`), [], 'a file elsewhere is not looked at')
  const report = (await uploaded(client, Buffer.from('%PDF-1.4\n%%EOF\n'), 'application/pdf')).id
  t.same(await found(client, `similarTo=${report}`), [], 'a document looks like nothing')
})
