// The checks: what publishing asks of a draft, and what an editor may waive.
import { eq } from 'drizzle-orm'
import t from 'tap'
import type { Article, DraftArticle, NewStory } from '../../src/content/articles/schema.ts'
import * as articles from '../../src/content/articles/store.ts'
import type { Problem } from '../../src/http/problems.ts'
import { loadSample } from '../../src/operations/sample.ts'
import { checks as known } from '../../src/publishing/checks/list.ts'
import type { CheckResult } from '../../src/publishing/checks/schema.ts'
import type { Writer } from '../../src/storage/database.ts'
import { app, type Client, ferry } from '../support/app.ts'
import { pictureWith, property, rendered, seq, sourceType, tampered, uploaded } from '../support/pictures.ts'

/** A story that fails no check. */
const tidy = { ...ferry, bylines: [{ name: 'Edda Sorring' }] }
const nobody = 'med_01k9v3w8zhe5ra4gxm7y2bqd6c'

interface Answer {
  publishable: boolean
  checks: CheckResult[]
}

const checked = async ({ get }: Pick<Client, 'get'>, { id }: { id: string }, query = '') => {
  const answer = await get(`/v1/articles/${id}/checks${query}`)
  if (answer.status !== 200) throw new Error(answer.body)
  return answer.json<Answer>()
}

/** Which checks fail, and where. */
const places = async (client: Client, draft: { id: string }, query = '') =>
  (await checked(client, draft, query)).checks.map(({ code, pointer }) => `${code} ${pointer}`)

/** A check, and a draft that fails it and no other. */
interface Case {
  code: string
  severity: 'error' | 'warning'
  waivable: boolean
  story?: Partial<NewStory>
  /** What makes a draft in order fail. */
  spoil?(client: Client, draft: DraftArticle): Promise<unknown>
  pointer: string
  detail: RegExp
  mend(client: Client, draft: DraftArticle): Promise<unknown>
}
/** Gives a record of media a file, of which there are no renditions, or takes it away again. */
async function withFile({ q, t, now }: Writer, id: string, has: boolean) {
  const digest = '0'.repeat(64)
  const size = { bytes: 1, width: 1, height: 1, frames: 1 }
  const file = {
    digest,
    type: 'image/jpeg',
    kind: 'image' as const,
    ...size,
    addedBy: 'nobody',
    createdAt: now
  }
  await q.insert(t.files).values(file).onConflictDoNothing()
  await q
    .update(t.media)
    .set({ file: has ? digest : null })
    .where(eq(t.media.id, id))
}

const error = { severity: 'error', waivable: true } as const
const final = { severity: 'error', waivable: false } as const
const warning = { severity: 'warning', waivable: false } as const

const blocks = (draft: DraftArticle) => draft.body as object[]
const paragraph = (text: string, def: object) => ({
  _type: 'block',
  children: [{ _type: 'span', text, marks: ['m'] }],
  markDefs: [{ ...def, _key: 'm' }]
})

/** A story that rests on a source that is not named. */
const unnamed = (source: object, terms = 'background', more: object = {}) =>
  ({
    ...more,
    attributions: [
      {
        claim: 'The board agreed',
        hops: [
          {
            unnamed: { description: 'one harbour board official', reason: 'Forbidden to speak.', ...source },
            relation: 'told',
            terms
          }
        ]
      }
    ]
  }) as Partial<NewStory>

/** Changes what is said of the source that is not named. */
const renamed = async ({ patch }: Client, draft: DraftArticle, more: object) => {
  const [hop] = draft.attributions[0]!.hops
  const hops = [{ ...hop, unnamed: { ...hop!.unnamed, ...more } }]
  return patch(`/v1/attributions/${draft.attributions[0]!.id}`, { hops })
}

/** Lets a claim rest on an article of ours. */
const rests = ({ patch }: Client, { id }: { id: string }, cited: { id: string }) =>
  patch(`/v1/attributions/${id}`, { hops: [{ articleId: cited.id, relation: 'reported' }] })

/** Marks that the quote of a draft accuses its speaker. */
const accuse = ({ post }: Client, { id, quotes, sources }: DraftArticle, statement?: object) =>
  post(`/v1/articles/${id}/allegations`, {
    statement: statement ?? { quoteId: quotes[0]!.id },
    accused: { sourceId: sources[0]!.id }
  })

/** Asks somebody to comment on a draft. */
const ask = async ({ post }: Client, { id }: DraftArticle, input: object = {}) => {
  const answer = await post(`/v1/articles/${id}/reply-requests`, { person: { name: 'Ida Quill' }, ...input })
  if (answer.status !== 201) throw new Error(answer.body)
}

/** Changes the only request for comment, or the only allegation, of a draft. */
const changed = async ({ get, patch }: Client, { id }: DraftArticle, kind: string, input: object) => {
  const { data } = (await get(`/v1/${kind}?article=${id}`)).json<{ data: { id: string }[] }>()
  return patch(`/v1/${kind}/${data[0]!.id}`, input)
}

const mara = { person: { name: 'MARA Lindqvist' } }

const promise = 'The board will connect every island with the mainland before the winter'

/** A story with one quote, of Mara Lindqvist or of another source. */
const saying = (text: string, sourceId = 'lindqvist') =>
  ({
    body: { text: `“${text}”` },
    quotes: [{ text, attributions: [{ hops: [{ sourceId, relation: 'said' }] }] }]
  }) as Partial<NewStory>

/** A story that leads with a picture. */
const shown = (credit: object = {}, file: object = {}) =>
  ({
    leadMediaId: 'lead',
    media: [
      {
        key: 'lead',
        kind: 'image',
        alt: 'A ferry at dusk.',
        credits: [{ creditLine: 'Ana Example/Coast Images', creators: ['Ana Example'], ...credit }],
        ...file
      }
    ]
  }) as Partial<NewStory>
const recredit = ({ patch }: Client, draft: DraftArticle, credit: object) =>
  patch(`/v1/media-credits/${draft.media[0]!.credits[0]!.id}`, credit)

/** Has a draft lead with a picture whose file says this. */
async function leadWith(client: Client, { id }: DraftArticle, said: string | Buffer, file: object = {}) {
  await client.put('/v1/media-settings', { widths: [16], formats: ['jpeg'] })
  const media = await uploaded(client, typeof said === 'string' ? await pictureWith(said) : said)
  await client.patch(`/v1/media/${media.id}`, { alt: 'A ferry at dusk.', ...file })
  await client.post(`/v1/media/${media.id}/credits`, {
    creditLine: 'Ana Example/Wire',
    creators: ['Ana Example']
  })
  await rendered(client, media.id)
  await client.patch(`/v1/articles/${id}`, { leadMediaId: media.id })
}

const now = '2026-11-02T08:00:00.000Z'
const later = '2026-11-02T08:00:00.001Z'

const cases: Case[] = [
  {
    ...error,
    code: 'quote-not-in-body',
    // Of somebody else: others quote Mara Lindqvist in the words of the body.
    story: { sources: [{ ...ferry.sources[0]!, name: 'Ada Brown' }] },
    spoil: ({ patch }, draft) =>
      patch(`/v1/articles/${draft.id}`, {
        body: JSON.parse(JSON.stringify(draft.body).replace('will keep', 'may keep'))
      }),
    pointer: '/quotes/0/text',
    detail:
      /^The words of the direct quote quo_\w+ do not stand .* “The ferry may keep sailing …” stands there instead of “The ferry will keep sailing …”\.$/,
    mend: ({ patch }, draft) =>
      patch(`/v1/quotes/${draft.quotes[0]!.id}`, { text: 'The ferry may keep sailing ... And that is that.' })
  },
  {
    ...error,
    code: 'anchor-ambiguous',
    story: {
      body: { text: '“Never,” Adams said.\n\n“Never,” Brown said.' },
      quotes: [{ text: 'Never', attributions: ferry.quotes[0]!.attributions }]
    },
    pointer: '/quotes/0/text',
    detail:
      /^Nothing tells which words of the body are those of the direct quote quo_\w+, “Never”: \/body\/0 “+Never,” Adams said.”, \/body\/1 “+Never,” Brown said.”.$/,
    mend: ({ patch }, draft) => {
      const never = paragraph('Never', { _type: 'quote', quoteId: draft.quotes[0]!.id })
      return patch(`/v1/articles/${draft.id}`, { body: [blocks(draft)[0]!, never] })
    }
  },
  {
    ...error,
    code: 'quote-without-attribution',
    story: { quotes: [...ferry.quotes, { text: 'The board agreed.' }] },
    pointer: '/quotes/1/attributions',
    detail: /^Nobody is named for the quote quo_\w+\.$/,
    mend: ({ remove }, draft) => remove(`/v1/quotes/${draft.quotes[1]!.id}`)
  },
  {
    ...error,
    code: 'unknown-anchor',
    async spoil({ patch, remove }, draft) {
      const [quote] = draft.quotes
      const attributionId = quote!.attributions[0]!.id
      const body = [...blocks(draft), paragraph('said Mara', { _type: 'attribution', attributionId })]
      await patch(`/v1/articles/${draft.id}`, { body })
      await remove(`/v1/quotes/${quote!.id}`)
    },
    pointer: '/body/2/markDefs/0/attributionId',
    detail: /^The body is annotated with the attribution att_\w+, which is not there\.$/,
    mend: ({ patch }, draft) => patch(`/v1/articles/${draft.id}`, { body: { text: 'The board agreed.' } })
  },
  {
    ...warning,
    code: 'claim-not-in-body',
    story: {
      attributions: [{ claim: 'The board agreed', hops: [{ sourceId: 'lindqvist', relation: 'confirmed' }] }]
    },
    spoil: ({ patch }, draft) => patch(`/v1/articles/${draft.id}`, { body: blocks(draft).slice(0, 1) }),
    pointer: '/attributions/0/claim',
    detail:
      /^The claim of the attribution att_\w+ does not stand in the body: “The board agreed” is anchored nowhere\.$/,
    mend: ({ patch }, draft) =>
      patch(`/v1/attributions/${draft.attributions[0]!.id}`, { claim: 'said on Monday' })
  },
  {
    ...warning,
    code: 'unnamed-without-reason',
    story: unnamed({ reason: null }),
    pointer: '/attributions/0/hops/0/unnamed/reason',
    detail: /^Readers are not told why “one harbour board official” is not named\.$/,
    mend: (client, draft) => renamed(client, draft, { reason: 'Her contract forbids her to speak.' })
  },
  {
    ...error,
    code: 'deep-background-without-reason',
    story: unnamed({ reason: null }, 'deep_background'),
    pointer: '/attributions/0/hops/0/unnamed/reason',
    detail: /^Readers are not told why/,
    mend: (client, draft) => renamed(client, draft, { reason: 'Her contract forbids her to speak.' })
  },
  {
    ...error,
    code: 'unnamed-opinion',
    story: unnamed({ basis: 'opinion' }),
    pointer: '/attributions/0/hops/0/unnamed/basis',
    detail: /^“one harbour board official” is not named, and gives an opinion instead of facts\.$/,
    mend: (client, draft) => renamed(client, draft, { basis: 'fact' })
  },
  {
    ...warning,
    code: 'unnamed-without-byline',
    story: unnamed({}, 'background', { bylines: [] }),
    pointer: '/bylines',
    detail: /nobody signs for it\.$/,
    mend: ({ patch }, draft) => patch(`/v1/articles/${draft.id}`, { bylines: [{ name: 'Edda Sorring' }] })
  },
  {
    ...warning,
    code: 'unnamed-declined-to-comment',
    story: unnamed({}, 'background', {
      body: {
        text: `${ferry.body.text} That was all. The harbour board official declined to comment. She left.`
      }
    }),
    pointer: '/attributions/0/hops/0/unnamed/description',
    detail: /^“one harbour board official” speaks .*: “The harbour board official declined to comment\.”$/,
    mend: (client, draft) => renamed(client, draft, { description: 'two people at the meeting' })
  },
  {
    ...final,
    code: 'rests-on-unpublished',
    async spoil(client, { attributions: [claim] }) {
      const cited = await client.draft(tidy)
      await rests(client, claim!, cited)
    },
    story: unnamed({}),
    pointer: '/attributions/0/hops/0/articleId',
    detail: /^A chain leads to the article art_\w+, which was never published\.$/,
    mend: ({ patch }, { attributions: [claim] }) =>
      patch(`/v1/attributions/${claim!.id}`, { hops: claim!.hops })
  },
  {
    ...error,
    code: 'rests-on-retracted',
    async spoil(client, { attributions: [claim] }) {
      const cited = await client.draft({ ...tidy, ...unnamed({}) })
      await client.post(`/v1/articles/${cited.id}/publish`)
      await client.post(`/v1/articles/${cited.id}/withdraw`)
      await rests(client, claim!, cited)
    },
    story: unnamed({}),
    pointer: '/attributions/0/hops/0/articleId',
    detail: /^A chain leads to the article art_\w+, which was retracted or withdrawn\.$/,
    mend: ({ patch }, { attributions: [claim] }) =>
      patch(`/v1/attributions/${claim!.id}`, { hops: claim!.hops })
  },
  {
    ...error,
    code: 'rests-on-doubted',
    spoil: (client, { sources: [source] }) =>
      client.post(`/v1/sources/${source!.id}/doubt`, { reason: 'She was not there.' }),
    pointer: '/quotes/0/attributions/0/hops/0/sourceId',
    detail: /^A chain leads to src_\w+, which is doubted: She was not there\.$/,
    mend: (client, { sources: [source] }) =>
      client.post(`/v1/sources/${source!.id}/trust`, { note: 'She was.' })
  },
  {
    ...warning,
    code: 'differs-from-print',
    story: saying(promise),
    async spoil(client, { sources: [source] }) {
      const before = saying(promise.replace('every island', 'the islands'), source!.id)
      const { id } = await client.draft({ ...tidy, ...before, slug: 'promise' })
      await client.post(`/v1/articles/${id}/publish`)
    },
    pointer: '/quotes/0/text',
    detail:
      /^In the quote quo_\w+, “… will connect every island with the …” stands where the quote quo_\w+ of the article art_\w+ printed “… will connect the islands with the …” of the same person\.$/,
    async mend({ get, post }) {
      const { id } = (await get('/v1/articles/promise')).json<DraftArticle>()
      return post(`/v1/articles/${id}/withdraw`)
    }
  },
  {
    ...error,
    code: 'accused-not-asked',
    spoil: accuse,
    pointer: '/quotes/0',
    detail: /^Mara Lindqvist is accused here, and was not asked to comment\.$/,
    mend: (client, draft) => ask(client, draft, { ...mara, state: 'answered' })
  },
  {
    ...error,
    code: 'allegation-without-statement',
    story: {
      attributions: [{ claim: 'The board agreed', hops: [{ sourceId: 'lindqvist', relation: 'said' }] }]
    },
    async spoil(client, draft) {
      const attributionId = draft.attributions[0]!.id
      await accuse(client, draft, { attributionId })
      await ask(client, draft, { ...mara, state: 'answered' })
      await client.remove(`/v1/attributions/${attributionId}`)
    },
    pointer: '',
    detail: /^The allegation alg_\w+ against Mara Lindqvist is about att_\w+, which does not belong/,
    mend: (client, draft) =>
      changed(client, draft, 'allegations', {
        statement: { attributionId: null, quoteId: draft.quotes[0]!.id }
      })
  },
  {
    ...error,
    code: 'reply-awaited',
    spoil: (client, draft) => ask(client, draft, { ...mara, deadline: later }),
    pointer: '',
    detail:
      /^MARA Lindqvist has until 2026-11-02T08:00:00\.001Z to answer the request for comment req_\w+\.$/,
    mend: (client, draft) => changed(client, draft, 'reply-requests', { state: 'answered' })
  },
  {
    ...warning,
    code: 'reply-not-in-article',
    spoil: (client, draft) => ask(client, draft, { state: 'answered' }),
    pointer: '',
    detail: /^Ida Quill answered the request for comment req_\w+, and is not heard in the article\.$/,
    mend: (client, draft) => changed(client, draft, 'reply-requests', { terms: 'background' })
  },
  {
    ...warning,
    code: 'refusal-not-told',
    spoil: (client, draft) => ask(client, draft, { state: 'declined' }),
    pointer: '',
    detail:
      /^Ida Quill did not comment \(request req_\w+\), and readers are not told that they were asked\.$/,
    mend: ({ patch }, { id }) =>
      patch(`/v1/articles/${id}`, {
        body: { text: `${ferry.body.text}\n\nMs. Quill did not respond.` }
      })
  },
  {
    ...error,
    code: 'said-to-decline-but-answered',
    story: { body: { text: `${ferry.body.text}\n\nIda Quill declined to comment.` } },
    spoil: (client, draft) => ask(client, draft, { state: 'answered', terms: 'background' }),
    pointer: '/body',
    detail:
      /^Ida Quill answered the request req_\w+ without being named, and is said not to have: “Ida Quill declined/,
    mend: (client, draft) => changed(client, draft, 'reply-requests', { terms: 'on_record' })
  },
  {
    ...final,
    code: 'unknown-media',
    // The API refuses it; a damaged or foreign database may have it.
    spoil: ({ db }, draft) =>
      db.write('nobody', async (tx) => {
        const row = (await articles.byIdOrSlug(tx, draft.id))!
        return articles.write(tx, row, {
          body: [...row.body, { _type: 'image', _key: 'x', mediaId: nobody }]
        })
      }),
    pointer: '/body/2/mediaId',
    detail: /^The body shows the media med_\w+, which is not there\.$/,
    mend: ({ patch }, draft) => patch(`/v1/articles/${draft.id}`, { body: blocks(draft) })
  },
  {
    ...final,
    code: 'renditions-missing',
    story: shown({}),
    // A picture of ours whose renditions nobody has made yet.
    spoil: ({ db }, draft) => db.write('nobody', (tx) => withFile(tx, draft.media[0]!.id, true)),
    pointer: '/media/0/renditions',
    detail: /^The renditions of the picture med_\w+ are not made yet\.$/,
    mend: ({ db }, draft) => db.write('nobody', (tx) => withFile(tx, draft.media[0]!.id, false))
  },
  {
    ...error,
    code: 'picture-without-credit',
    story: shown({}, { credits: [] }),
    pointer: '/media/0/credits',
    detail: /^The picture med_\w+ is shown without a credit\.$/,
    mend: ({ post }, draft) => post(`/v1/media/${draft.media[0]!.id}/credits`, { creditLine: 'Bo Example' })
  },
  {
    ...warning,
    code: 'picture-without-alt',
    story: shown({}, { alt: null }),
    pointer: '/media/0/alt',
    detail: /^Readers who cannot see the picture med_\w+ are not told what it shows\.$/,
    mend: ({ patch }, draft) => patch(`/v1/media/${draft.media[0]!.id}`, { alt: 'A ferry.' })
  },
  {
    ...final,
    code: 'credit-expired',
    story: shown({ expiresAt: now }),
    pointer: '/media/0/credits/0/expiresAt',
    detail: /^The rights of “Ana Example\/Coast Images” ended at 2026-11-02T08:00:00\.000Z\.$/,
    mend: (client, draft) => recredit(client, draft, { expiresAt: '2027-11-02T08:00:00Z' })
  },
  {
    ...warning,
    code: 'credit-expiring',
    story: shown({ expiresAt: later }),
    pointer: '/media/0/credits/0/expiresAt',
    detail: /^The rights of .* end at 2026-11-02T08:00:00\.001Z, while the article stands\.$/,
    mend: (client, draft) => recredit(client, draft, { expiresAt: '2026-12-02T08:00:00Z' })
  },
  {
    ...error,
    code: 'credit-not-for-territory',
    story: shown({ territories: ['DE', 'Sweden'] }),
    pointer: '/media/0/credits/0/territories',
    detail: /^The rights of “Ana Example\/Coast Images” do not hold in NO\.$/,
    mend: (client, draft) => recredit(client, draft, { territories: ['DE', 'NO'] })
  },
  {
    ...warning,
    code: 'credit-line-mismatch',
    story: shown({ creditLine: 'Photo by Bo', suppliers: ['Coast Images'] }),
    pointer: '/media/0/credits/0/creditLine',
    detail: /^The credit line “Photo by Bo” names none of Ana Example, Coast Images\.$/,
    mend: (client, draft) => recredit(client, draft, { creditLine: 'Photo by ana  example for Coast images' })
  },
  {
    ...error,
    code: 'credit-not-for-purpose',
    story: { ...shown({ purposes: ['web', 'social'] }), purposes: ['web', 'print'] },
    pointer: '/media/0/credits/0/purposes',
    detail: /^The rights of “Ana Example\/Coast Images” do not hold for print\.$/,
    mend: ({ patch }, { id }) => patch(`/v1/articles/${id}`, { purposes: ['web'] })
  },
  {
    ...error,
    code: 'credit-uses-exhausted',
    story: shown({ maxUses: 1 }),
    async spoil({ draft, post }, { media }) {
      const other = await draft({ ...tidy, leadMediaId: media[0]!.id })
      await post(`/v1/articles/${other.id}/publish`)
    },
    pointer: '/media/0/credits/0/maxUses',
    detail: /^“Ana Example\/Coast Images” may be published once, and was in another article\.$/,
    mend: (client, draft) => recredit(client, draft, { maxUses: 2 })
  },
  {
    ...final,
    code: 'credit-not-approved',
    story: shown({ approvalBy: 'Edda Sorring' }),
    pointer: '/media/0/credits/0/approvalBy',
    detail: /^“Ana Example\/Coast Images” is published only if Edda Sorring approves it\.$/,
    mend: (client, draft) => recredit(client, draft, { approvalBy: null })
  },
  {
    ...error,
    code: 'credit-without-licence',
    story: shown(),
    spoil: ({ put }) => put('/v1/licences', { licences: [{ name: 'Editorial use only' }] }),
    pointer: '/media/0/credits/0/licence',
    detail: /^Under which licence “Ana Example\/Coast Images” is shown is not said\.$/,
    mend: ({ put }) => put('/v1/licences', { licences: [] })
  },
  {
    ...error,
    code: 'credit-licence-unknown',
    story: shown({ licence: { name: 'Something else' } }),
    spoil: ({ put }) => put('/v1/licences', { licences: [{ name: 'Editorial use only' }] }),
    pointer: '/media/0/credits/0/licence/name',
    detail: /^This newsroom knows no licence “Something else”\.$/,
    mend: ({ put }) => put('/v1/licences', { licences: [] })
  },
  {
    ...warning,
    code: 'credit-differs-from-file',
    spoil: (client, draft) =>
      leadWith(
        client,
        draft,
        property('photoshop:Credit', 'Ana Example/Wire') + seq('dc:creator', 'Bo Other')
      ),
    pointer: '/media/0/credits/0/creators',
    detail: /^The file of the picture med_\w+ says “Bo Other”, and its credits say something else\.$/,
    async mend(client, { id }) {
      const { media } = (await client.get(`/v1/articles/${id}?edition=draft`)).json<DraftArticle>()
      await client.patch(`/v1/media-credits/${media[0]!.credits[0]!.id}`, {
        creditLine: 'Bo Other/Wire',
        creators: ['Bo Other']
      })
      await client.patch(`/v1/articles/${id}`, { leadMediaId: null })
    }
  },
  {
    ...warning,
    code: 'embargo-of-file',
    spoil: (client, draft) => leadWith(client, draft, property('plus:LicenseStartDate', '2026-12-01')),
    pointer: '/media/0',
    detail: /^The file of the picture med_\w+ is under embargo until 2026-12-01T00:00:00\.000Z\.$/,
    mend: ({ patch }, { id }) => patch(`/v1/articles/${id}`, { leadMediaId: null })
  },
  {
    ...error,
    code: 'generated-without-label',
    spoil: (client, draft) => leadWith(client, draft, sourceType('trainedAlgorithmicMedia')),
    pointer: '/media/0/digitalSourceType',
    detail: /^The picture med_\w+ is trainedAlgorithmicMedia, says its file, and its record does not\.$/,
    mend: ({ patch }, { id }) => patch(`/v1/articles/${id}`, { leadMediaId: null })
  },
  {
    ...warning,
    code: 'source-types-differ',
    spoil: (client, draft) =>
      leadWith(client, draft, sourceType('digitalCapture'), { digitalSourceType: 'print' }),
    pointer: '/media/0/digitalSourceType',
    detail: /is told differently: digitalCapture by its file, print by its record\.$/,
    mend: ({ patch }, { id }) => patch(`/v1/articles/${id}`, { leadMediaId: null })
  },
  {
    ...warning,
    code: 'content-credentials-invalid',
    spoil: (client, draft) =>
      leadWith(client, draft, tampered(), { digitalSourceType: 'trainedAlgorithmicMedia' }),
    pointer: '/media/0/contentCredentials',
    detail: /^The picture med_\w+ is not as it was signed \(.*assertion\.dataHash\.mismatch.*\)\.$/,
    mend: ({ patch }, { id }) => patch(`/v1/articles/${id}`, { leadMediaId: null })
  },
  {
    ...warning,
    code: 'broken-link',
    spoil: ({ patch }, draft) =>
      patch(`/v1/articles/${draft.id}`, {
        body: [...blocks(draft), paragraph('read more', { _type: 'link', href: '/late-fery' })]
      }),
    pointer: '/body/2/markDefs/0/href',
    detail: /^The link \/late-fery leads to no article\.$/,
    mend: ({ patch }, draft) => patch(`/v1/articles/${draft.id}`, { body: blocks(draft) })
  },
  {
    ...warning,
    code: 'headline-too-long',
    story: { title: '𝒜'.repeat(111) },
    pointer: '/title',
    detail: /^The title is 111 characters long\.$/,
    mend: ({ patch }, draft) => patch(`/v1/articles/${draft.id}`, { title: '𝒜'.repeat(110) })
  },
  {
    ...error,
    code: 'words-missing',
    // A line of white space and a zero width space is not a word.
    story: {
      quotes: [],
      body: [paragraph(' \u200b', { _type: 'link', href: 'https://news.example/' })]
    } as never,
    pointer: '/body',
    detail: /no words\.$/,
    mend: ({ patch }, draft) => patch(`/v1/articles/${draft.id}`, { body: { text: 'Words.' } })
  },
  {
    ...error,
    code: 'published-in-future',
    story: { publishedAt: '2099-01-01T00:00:00.000Z' },
    pointer: '/publishedAt',
    detail: /dated 2099-01-01T00:00:00\.000Z .*`schedule`/,
    mend: ({ patch }, draft) => patch(`/v1/articles/${draft.id}`, { publishedAt: null })
  },
  {
    ...warning,
    code: 'byline-missing',
    story: { bylines: [] },
    pointer: '/bylines',
    detail: /^Nobody is named as its author\.$/,
    mend: ({ patch }, draft) => patch(`/v1/articles/${draft.id}`, { bylines: [{ name: 'Edda Sorring' }] })
  },
  {
    ...warning,
    code: 'language-missing',
    story: { language: null },
    pointer: '/language',
    detail: /is not known\.$/,
    mend: ({ patch }, draft) => patch(`/v1/articles/${draft.id}`, { language: 'en' })
  },
  {
    ...warning,
    code: 'section-missing',
    story: { section: null },
    pointer: '/section',
    detail: /in no section/,
    mend: ({ patch }, draft) => patch(`/v1/articles/${draft.id}`, { section: 'harbour' })
  },
  {
    ...warning,
    code: 'correction-without-target',
    story: shown(),
    async spoil({ post, patch }, draft) {
      const [credit] = draft.media[0]!.credits
      const text = 'He said so on Tuesday.'
      await post(`/v1/articles/${draft.id}/corrections`, { kind: 'update', text })
      await post(`/v1/articles/${draft.id}/corrections`, {
        kind: 'correction',
        text,
        target: { creditId: credit!.id }
      })
      // The picture may go: the credit is the picture's, not the article's.
      await patch(`/v1/articles/${draft.id}`, { leadMediaId: null })
    },
    pointer: '/corrections/1/target/creditId',
    detail: /^The correction cor_\w+ is about crd_\w+, which does not belong to the article any more\.$/,
    async mend({ get, patch }, draft) {
      const { corrections } = (await get(`/v1/articles/${draft.id}?edition=draft`)).json<Article>()
      return patch(`/v1/corrections/${corrections[1]!.id}`, { target: null })
    }
  },
  {
    ...final,
    code: 'under-embargo',
    story: { embargoUntil: later },
    pointer: '/embargoUntil',
    detail: /^The article is under embargo until 2026-11-02T08:00:00\.001Z\.$/,
    mend: ({ patch }, draft) => patch(`/v1/articles/${draft.id}`, { embargoUntil: now })
  },
  {
    ...final,
    code: 'media-under-embargo',
    story: shown({}, { embargoUntil: later }),
    pointer: '/media/0',
    detail: /^The image med_\w+ is under embargo until 2026-11-02T08:00:00\.001Z\.$/,
    mend: ({ patch }, draft) => patch(`/v1/media/${draft.media[0]!.id}`, { embargoUntil: now })
  },
  {
    ...final,
    code: 'legal-hold',
    spoil: ({ patch }, draft) => patch(`/v1/articles/${draft.id}`, { legalHold: true }),
    pointer: '/legalHold',
    detail: /^The article is under legal hold\.$/,
    mend: ({ patch }, draft) => patch(`/v1/articles/${draft.id}`, { legalHold: false })
  },
  {
    ...final,
    code: 'slug-taken',
    async spoil({ draft, patch, post }, { id }) {
      const holder = await draft({ ...tidy, slug: 'ferry' })
      await post(`/v1/articles/${holder.id}/publish`)
      await patch(`/v1/articles/${holder.id}`, { slug: 'moved' })
      await patch(`/v1/articles/${id}`, { slug: 'ferry' })
    },
    pointer: '/slug',
    detail: /^Another published article still stands at ferry\.$/,
    mend: ({ patch }, draft) => patch(`/v1/articles/${draft.id}`, { slug: 'night-ferry' })
  }
]

t.test('every check fails where it should, names the place, and holds once it is mended', async (t) => {
  const client = await app(t, { clock: () => new Date(now), config: { ONRECORD_TERRITORY: 'NO' } })
  const publish = ({ id }: DraftArticle) => client.post(`/v1/articles/${id}/publish`)
  t.same(
    cases.map(({ code }) => code),
    known.map(({ code }) => code),
    'every check is here'
  )
  for (const { code, severity, waivable, story, spoil, pointer, detail, mend } of cases) {
    await t.test(code, async (t) => {
      const draft = await client.draft({ ...tidy, ...story })
      await spoil?.(client, draft)
      const { publishable, checks } = await checked(client, draft)
      t.match(checks, [{ code, severity, waivable, pointer, detail, fix: /^[A-Z].*\.$/ }])
      t.equal(checks.length, 1)
      t.equal(publishable, severity === 'warning')
      if (severity === 'error') {
        const refused = await publish(draft)
        t.equal(refused.status, 409)
        const { errors } = refused.json<Problem>()
        const [{ detail, fix }] = checks as [CheckResult]
        t.strictSame(errors, [{ code, pointer, detail: `${detail} ${fix}` }])
      } else t.equal((await publish(draft)).status, 200, 'a warning does not block')
      await mend(client, draft)
      t.same(await checked(client, draft), { publishable: true, checks: [] })
      t.equal((await publish(draft)).status, 200)
    })
  }
})

t.test('the checks are private, and told of drafts only', async (t) => {
  const { get, read, draft, token } = await app(t)
  const { id, slug } = await draft(tidy)
  const answer = await get(`/v1/articles/${id}/checks`)
  t.same(answer.json(), { publishable: true, checks: [] })
  t.equal(answer.headers['cache-control'], 'private, no-store')
  t.equal(answer.headers.etag, undefined)
  t.equal((await read(`/v1/articles/${id}/checks`)).status, 401)
  const { token: moderator } = await token('moderator')
  t.equal((await get(`/v1/articles/${id}/checks`, { token: moderator })).status, 403)
  t.equal((await get('/v1/articles/art_01k9v3w8zhe5ra4gxm7y2bqd6c/checks')).status, 404)
  t.same((await get(`/v1/articles/${slug}/checks`)).json(), { publishable: true, checks: [] }, 'by slug too')
  t.match((await get(`/v1/articles/${id}/checks?at=soon`)).json(), { status: 400 })
})

t.test('the checks are run for a planned time', async (t) => {
  const client = await app(t, { clock: () => new Date(now) })
  const draft = await client.draft({
    ...tidy,
    ...shown({ expiresAt: '2026-12-10T08:00:00Z' }, { embargoUntil: '2026-11-09T09:00:00+01:00' }),
    embargoUntil: '2026-11-08T08:00:00Z'
  })
  const embargoes = ['under-embargo /embargoUntil', 'media-under-embargo /media/0']
  t.same(await places(client, draft), embargoes)
  t.same(await places(client, draft, '?at=2026-11-08T09:00:00%2B01:00'), embargoes.slice(1))
  t.same(await places(client, draft, '?at=2026-11-09T08:00:00Z'), [])
  const at = '/media/0/credits/0/expiresAt'
  t.same(await places(client, draft, '?at=2026-11-10T08:00:00.001Z'), [`credit-expiring ${at}`])
  t.same(await places(client, draft, '?at=2026-12-10T08:00:00Z'), [`credit-expired ${at}`])
})

t.test('rights need to last until the article is withdrawn', async (t) => {
  const client = await app(t, { clock: () => new Date(now) })
  const scheduled = async (expiresAt: string, withdrawAt: string | null) => {
    const draft = await client.draft({ ...tidy, ...shown({ expiresAt }) })
    const times = { publishAt: '2026-11-03T08:00:00Z', withdrawAt }
    t.equal((await client.post(`/v1/articles/${draft.id}/schedule`, times)).status, 200)
    return places(client, draft)
  }
  const fails = ['credit-expiring /media/0/credits/0/expiresAt']
  t.same(await scheduled('2026-11-10T08:00:00Z', '2026-11-10T08:00:00Z'), [])
  t.same(await scheduled('2026-11-10T08:00:00Z', '2026-11-10T08:00:01Z'), fails)
  t.same(await scheduled('2027-11-10T08:00:00Z', '2028-11-10T08:00:00Z'), fails)
  t.same(await scheduled('2026-11-10T08:00:00Z', null), fails)
})

t.test('rights hold where the newsroom publishes', async (t) => {
  const somewhere = await app(t, { config: { ONRECORD_TERRITORY: 'NO' } })
  const holds: [territories: string[] | null, holds: boolean][] = [
    [null, true],
    [[], true],
    [['no'], true],
    [['Sweden', ' Norway '], true],
    [['Worldwide'], true],
    [['SE'], false],
    [['Nordic countries'], false]
  ]
  for (const [territories, expected] of holds) {
    const draft = await somewhere.draft({ ...tidy, ...shown({ territories }) })
    t.equal((await checked(somewhere, draft)).publishable, expected, JSON.stringify(territories))
  }
  const anywhere = await app(t)
  const draft = await anywhere.draft({ ...tidy, ...shown({ territories: ['SE'] }) })
  t.same(await checked(anywhere, draft), { publishable: true, checks: [] }, 'nobody said where')
})

t.test('a credit line names one of its parts', async (t) => {
  const client = await app(t)
  const lines: [creditLine: string, creators: string[], suppliers: string[], names: boolean][] = [
    ['Photo: whoever', [], [], true],
    ['EXAMPLE/Coast', ['Ana Example'], [], true],
    ['Photo: Example', ['Ana Example'], [], true],
    ['Examples', ['Ana Example'], [], false],
    ['Examples, by Example', ['Ana Example'], [], true],
    ['𝒜Example and Example𝒜', ['Ana Example'], [], false],
    ['Getty Images', [], ['Coast Images'], false],
    ['Getty Images', ['Ana Example'], ['Coast Images', 'Getty Images'], true],
    ['A(B)/C++', ['Ana C++'], [], true]
  ]
  for (const [creditLine, creators, suppliers, names] of lines) {
    const draft = await client.draft({ ...tidy, ...shown({ creditLine, creators, suppliers }) })
    t.equal((await checked(client, draft)).checks.length === 0, names, creditLine)
  }
})

t.test('what drifted from a quote is shown, and no more of it than helps', async (t) => {
  const client = await app(t)
  const words = (length: number) => Array.from({ length }, (_, i) => `word${i}`)
  const drifted = async (text: string, edited: string) => {
    const draft = await client.draft({
      ...tidy,
      body: { text },
      quotes: [{ text, attributions: [{ hops: [{ sourceId: 'lindqvist', relation: 'said' }] }] }]
    })
    const body = JSON.parse(JSON.stringify(draft.body).replace(text, edited)) as object
    await client.patch(`/v1/articles/${draft.id}`, { body })
    const { checks } = await checked(client, draft)
    return checks.map(({ detail }) => detail.replace(/^.* where it is anchored: /, ''))
  }
  const long = words(50).join(' ')
  t.same(await drifted(long, long.replace('word20', 'other')), [
    '“… word18 word19 other word21 word22 …” stands there instead of “… word18 word19 word20 word21 word22 …”.'
  ])
  t.same(await drifted(long, long.replace('word20 ', '')), [
    '“… word18 word19 word21 word22 …” stands there instead of “… word18 word19 word20 word21 word22 …”.'
  ])
  t.same(await drifted('a a', 'a a a'), ['“a a a” stands there instead of “a a”.'])
  t.same(await drifted(long, 'Nothing of the kind.'), [
    `“Nothing of the kind.” stands there instead of “${long.slice(0, 120).trimEnd()}…”.`
  ])
  t.same(await drifted('Two  words', 'Two words'), [], 'white space is no change')
})

t.test('a claim whose words were changed under its anchor is told of', async (t) => {
  const client = await app(t)
  const draft = await client.draft({
    ...tidy,
    attributions: [{ claim: 'The board agreed', hops: [{ sourceId: 'lindqvist', relation: 'said' }] }]
  })
  const body = JSON.parse(JSON.stringify(draft.body).replace('board agreed', 'board did not agree')) as object
  await client.patch(`/v1/articles/${draft.id}`, { body })
  const { checks } = await checked(client, draft)
  t.match(checks, [
    {
      code: 'claim-not-in-body',
      detail: /“The board did not agree” stands there instead of “The board agreed”\.$/
    }
  ])
})

t.test('a source that is not named is known again by its description', async (t) => {
  const client = await app(t)
  const said: [description: string, body: string, again: boolean][] = [
    ['two people briefed on the plan', 'The people briefed on the plan refused to speak.', true],
    ['an official', 'An official would not comment.', true],
    ['an official', 'A harbour official would not comment.', false],
    ['officials', 'Officials could not be reached.', true],
    ['a deckhand (retired)', 'The deckhand (retired) did not reply.', true],
    ['a deckhand', 'The deckhand spoke. Her chief declined to comment.', false],
    ['a board member', 'A board membership secretary declined to comment.', false],
    ['a board member', 'A board member declined the offer.', false]
  ]
  for (const [description, text, again] of said) {
    const draft = await client.draft({
      ...tidy,
      quotes: [],
      body: { text: `The vote was close.\n\n${text}` },
      attributions: [
        { claim: 'The vote was close', hops: [{ unnamed: { description, reason: 'x' }, relation: 'told' }] }
      ]
    })
    const expected = again ? ['unnamed-declined-to-comment /attributions/0/hops/0/unnamed/description'] : []
    t.same(await places(client, draft), expected, text)
  }
})

t.test('a source in the chain of a quote is looked at as well', async (t) => {
  const client = await app(t)
  const hops = [
    { sourceId: 'lindqvist', relation: 'reported' as const },
    { unnamed: { description: 'a deckhand' }, relation: 'told' as const }
  ]
  const attributions = [ferry.quotes[0]!.attributions[0]!, { hops }]
  const draft = await client.draft({ ...tidy, quotes: [{ ...ferry.quotes[0]!, attributions }] })
  t.same(await places(client, draft), [
    'unnamed-without-reason /quotes/0/attributions/1/hops/1/unnamed/reason'
  ])
})

/** The broken links of a draft whose body links to these. */
async function broken(client: Client, hrefs: string[], story: Partial<NewStory> = {}) {
  const body = hrefs.map((href) => paragraph('more', { _type: 'link', href })) as unknown as NewStory['body']
  const draft = await client.draft({ ...tidy, quotes: [], body, ...story })
  const { checks } = await checked(client, draft)
  return checks.map(({ code, pointer, detail }) => {
    const [, block] = /^\/body\/(\d+)\/markDefs\/0\/href$/.exec(pointer)!
    return `${code} ${hrefs[Number(block)]} ${detail.includes('is not published') ? 'unpublished' : 'nowhere'}`
  })
}

t.test('links lead to articles that readers find', async (t) => {
  const client = await app(t)
  const { post, patch } = client
  const publish = async (slug: string) => {
    const { id } = await client.draft({ ...tidy, slug })
    await post(`/v1/articles/${id}/publish`)
    return id
  }
  const moved = await publish('first-slug')
  await patch(`/v1/articles/${moved}`, { slug: 'second-slug' })
  await post(`/v1/articles/${moved}/publish`)
  await patch(`/v1/articles/${moved}`, { slug: 'third-slug' })
  const { id: unpublished } = await client.draft({ ...tidy, slug: 'pumps' })
  const withdrawn = await publish('withdrawn-one')
  await post(`/v1/articles/${withdrawn}/withdraw`)

  const fine = [
    '/first-slug',
    '/harbour/second-slug/?from=here#quote',
    `/v1/articles/${moved}`,
    '/v1/articles/second-slug?body=html',
    '/v1/articles/second-slug/comments',
    '/v1/quotes/some-thing',
    '/about',
    '/',
    '/harbour/page.html',
    '#top',
    'mailto:desk@news.example',
    'https://news.example/no-such-story',
    '/own-slug'
  ]
  t.same(await broken(client, fine, { slug: 'own-slug' }), [])
  t.same(await broken(client, ['/third-slug', '/pumps', '/withdrawn-one', `/v1/articles/${unpublished}`]), [
    'broken-link /third-slug unpublished',
    'broken-link /pumps unpublished',
    'broken-link /withdrawn-one unpublished',
    `broken-link /v1/articles/${unpublished} unpublished`
  ])
  t.same(await broken(client, ['/late-fery', '/v1/articles/fery', `/v1/articles/${nobody}`]), [
    'broken-link /late-fery nowhere',
    'broken-link /v1/articles/fery nowhere',
    `broken-link /v1/articles/${nobody} nowhere`
  ])
})

t.test('links to the site that the canonical address is on are links within it', async (t) => {
  const client = await app(t)
  const hrefs = ['https://news.example/harbour/no-such-story', 'https://other.example/no-such-story']
  const at = (canonicalUrl: string, slug: string) => broken(client, hrefs, { canonicalUrl, slug })
  t.same(await at('https://news.example/harbour/own-slug', 'own-slug'), [
    'broken-link https://news.example/harbour/no-such-story nowhere'
  ])
  t.same(await at('https://news.example/harbour/2-slug/', '2-slug'), [
    'broken-link https://news.example/harbour/no-such-story nowhere'
  ])
  t.same(await at('https://news.example/their-slug', '3-slug'), [], "another publisher's")
})

t.test('a body may have more links than a statement takes values', async (t) => {
  const client = await app(t)
  const hrefs = Array.from({ length: 1200 }, (_, i) => `/a-${i}`)
  t.equal((await broken(client, hrefs)).length, 1200)
})

/** Publishes with these waivers. */
const waiving = ({ post }: Client, { id }: { id: string }, ...waive: object[]) =>
  post(`/v1/articles/${id}/publish`, { waive })

t.test('an editor waives what fails, and says why', async (t) => {
  const client = await app(t)
  const draft = await client.draft({
    ...tidy,
    ...unnamed({ basis: 'opinion' }),
    ...shown({}, { credits: [] })
  })
  const [opinion, credit] = [
    { code: 'unnamed-opinion', reason: 'She holds an office.' },
    { code: 'picture-without-credit', reason: 'Found in the archive.' }
  ]
  const partly = await waiving(client, draft, credit!)
  t.equal(partly.status, 409)
  t.match(partly.json(), { type: '/problems/checks-failed', errors: [{ code: 'unnamed-opinion' }] })
  t.equal(partly.json<Problem>().errors!.length, 1)
  t.equal((await waiving(client, draft, opinion!, credit!)).status, 200)
  t.equal((await client.read(`/v1/articles/${draft.id}`)).status, 200)
  await client.patch(`/v1/articles/${draft.id}`, { dek: 'Changed since.' })
  t.equal((await waiving(client, draft)).status, 409, 'a waiver holds once')
  t.notOk((await client.read(`/v1/articles/${draft.id}`)).body.includes('She holds an office'))
})

t.test('one waiver holds for every place where the check fails', async (t) => {
  const client = await app(t)
  const draft = await client.draft({
    ...tidy,
    quotes: [{ text: 'The board agreed.' }, { text: 'said on Monday' }]
  })
  t.equal(
    (await waiving(client, draft, { code: 'quote-without-attribution', reason: 'A letter.' })).status,
    200
  )
})

t.test('what need not or cannot be waived is refused', async (t) => {
  const client = await app(t, { clock: () => new Date(now) })
  const draft = await client.draft({
    ...tidy,
    section: null,
    embargoUntil: later,
    ...shown({}, { credits: [] })
  })
  const credit = { code: 'picture-without-credit', reason: 'Found in the archive.' }
  const refusals: [code: string, detail: string][] = [
    ['credit-expired', 'The check credit-expired does not fail: there is nothing to waive.'],
    ['nonsense', 'The check nonsense does not fail: there is nothing to waive.'],
    ['section-missing', 'The check section-missing need not be waived: a warning does not block.'],
    [
      'under-embargo',
      'The check under-embargo cannot be waived. Publish the article when the embargo has ended.'
    ],
    ['picture-without-credit', 'The check picture-without-credit is waived twice.']
  ]
  for (const [code, detail] of refusals) {
    const answer = await waiving(client, draft, credit, { code, reason: 'Because.' })
    t.equal(answer.status, 422)
    t.match(answer.json(), {
      type: '/problems/unprocessable',
      detail,
      errors: [{ pointer: '/waive/1/code', detail }]
    })
  }
  t.match((await waiving(client, draft, credit)).json(), { status: 409, errors: [{ code: 'under-embargo' }] })
})

t.test('what is waived when an article is scheduled holds until it is published', async (t) => {
  const client = await app(t, { clock: () => new Date(now) })
  const draft = await client.draft({ ...tidy, ...shown({}, { credits: [] }) })
  const at = `/v1/articles/${draft.id}`
  const plan = { publishAt: '2026-11-03T08:00:00Z' }
  t.equal((await client.post(`${at}/schedule`, plan)).status, 409)
  const waive = [{ code: 'picture-without-credit', reason: 'Found in the archive.' }]
  t.equal((await client.post(`${at}/schedule`, { ...plan, waive })).status, 200)
  const { publishable, checks } = await checked(client, draft)
  t.equal(publishable, true)
  t.match(checks, [{ code: 'picture-without-credit', waived: { reason: 'Found in the archive.' } }])
  await client.post(`/v1/media/${draft.media[0]!.id}/credits`, { creditLine: 'Bo Example' })
  t.same(await checked(client, draft), { publishable: true, checks: [] }, 'mended meanwhile')
  const other = await client.post(`${at}/schedule`, plan)
  t.equal(other.status, 409, 'the picture is not credited as when it was scheduled')
  t.match(other.json<Problem>().errors, [{ detail: /was added\.$/ }])
  t.equal((await client.post(`${at}/schedule`, plan)).status, 200, 'and it is scheduled anew as it is now')
})

t.test('the sample newsroom fails no check', async (t) => {
  const client = await app(t, { config: { ONRECORD_TERRITORY: 'NO' } })
  await loadSample(client.db)
  const { data } = (await client.get('/v1/articles?edition=draft&limit=100')).json<{ data: DraftArticle[] }>()
  for (const draft of data) t.same(await places(client, draft, '?at=2026-12-01T18:00:00Z'), [], draft.slug)
  const held = data.filter(({ embargoUntil }) => embargoUntil !== null)
  t.equal(held.length, 1)
  t.same(await places(client, held[0]!, '?at=2026-12-01T17:59:59Z'), ['under-embargo /embargoUntil'])
})

t.test('an article that is scheduled is checked for its time', async (t) => {
  const client = await app(t, { clock: () => new Date(now) })
  const draft = await client.draft({ ...tidy, embargoUntil: '2026-11-03T07:00:00Z' })
  t.same(await places(client, draft), ['under-embargo /embargoUntil'])
  const at = `/v1/articles/${draft.id}`
  t.equal((await client.post(`${at}/schedule`, { publishAt: '2026-11-03T06:59:59Z' })).status, 409)
  t.equal((await client.post(`${at}/schedule`, { publishAt: '2026-11-03T07:00:00Z' })).status, 200)
  t.same(await places(client, draft), [])
  t.same(await places(client, draft, `?at=${now}`), ['under-embargo /embargoUntil'])
})

t.test('the embargo of a media file is known to the desk alone', async (t) => {
  const client = await app(t, { clock: () => new Date(now) })
  const draft = await client.draft({ ...tidy, ...shown({}, { embargoUntil: '2026-11-02T09:00:00+01:00' }) })
  const at = `/v1/media/${draft.media[0]!.id}`
  const embargo = async () =>
    (await client.get(`${at}?edition=draft`)).json<{ embargoUntil: string | null }>().embargoUntil
  t.equal(await embargo(), now)
  t.notOk('embargoUntil' in draft.media[0]!)
  await client.post(`/v1/articles/${draft.id}/publish`)
  for (const url of [at, '/v1/media', `/v1/articles/${draft.id}`])
    t.notMatch((await client.read(url)).body, 'embargo', url)
  await client.patch(at, { caption: 'At dusk' })
  t.equal(await embargo(), now, 'what a change does not name stays')
  await client.put(at, { kind: 'image' })
  t.equal(await embargo(), null)
})
