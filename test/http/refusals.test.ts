// Wrong requests over all kinds of operations, as people send them: each is answered with the place and the remedy in words.
import t from 'tap'
import type { Problem } from '../../src/http/problems.ts'
import { app } from '../support/app.ts'

/**
 * Each a request, with its type where that is not JSON, and what it sends; its status and the place that is told; and the
 * words for it, as an expression. `{story}` is a draft with a quote of `{source}`; `{out}` is published, with `{comment}`.
 */
const table = String.raw`
# Whole stories, from here and from other systems.
POST /v1/articles {"title": "Q", "body": {"text": "He said \"the ferry will sail\"."}, "quotes": [{"text": "the ferry will sink", "attributions": []}]} -> 422 /quotes/0/text -> nearest that do are “.*the ferry will”\. Make its text
POST /v1/articles {"title": "E", "externalId": "abc"} -> 400 /externalId -> \{"system": \.\.\., "id": \.\.\.\}
POST /v1/articles {"title": "E", "externalId": {"id": "1"}} -> 400 /externalId/system -> is missing\. Which system.*"harbour-wire"
PUT /v1/external/AP%20News/1/article {"title": "x"} -> 400 /system -> "harbour-wire".*small letters, digits, dots and hyphens
PUT /v1/external/wire/1/article {} -> 400 /title -> is missing\. For example "Late ferry
GET /v1/external/wire/1/article -> 405 - -> takes PUT
GET /v1/articles?edition=draft&externalId=abc -> 400 /externalId/0 -> not of the right form. For example "harbour-wire:
GET /v1/articles?fields=headline -> 400 /fields/0 -> Is title meant\?
GET /v1/articles/{out}?body=md -> 400 /body -> Is markdown meant\?
GET /v1/articles/{out}?as=pdf -> 400 /as -> must be one of: json, jsonld, markdown, text, html
# Translations.
POST /v1/articles {"title": "T", "translationOf": "one"} -> 400 /translationOf -> not of the right form. For example "art_
POST /v1/articles {"title": "T", "translationOf": "art_00000000000000000000000000"} -> 422 /translationOf -> name one that exists, or send null
PATCH /v1/articles/{story} {"translationOf": "{story}"} -> 422 /translationOf -> name the other one, or send null
PATCH /v1/articles/{story} {"translations": ["x"]} -> 400 /translations -> names the original in its own .translationOf.
# Files, and the settings of their renditions.
POST /v1/media {"from": "pic.jpg"} -> 400 /from -> an address on the web, such as https:
POST /v1/media {"from": "ftp://a.example/x.jpg"} -> 400 /from -> an address on the web, such as https:
POST /v1/media {"from": "https://a.example/x.jpg", "kind": "image"} -> 422 /kind -> says this itself: leave it out
POST /v1/media {"kind": "photo", "url": "https://a.example/x.jpg"} -> 400 /kind -> Is image meant\?
POST /v1/media {"url": "https://a.example/x.jpg"} -> 400 /kind -> is missing\. It must be one of: image, video
POST /v1/media {"kind": "image", "credits": ["Ann"]} -> 400 /credits -> added by POST /v1/media/\{id\}/credits
POST /v1/media {"kind": "image", "focalPoint": {"x": 50, "y": 0.5}} -> 400 /focalPoint/x -> 1 or less. For example 0\.5
POST /v1/media/{media}/credits {"creditLine": "x", "licence": "CC-BY"} -> 400 /licence -> \{"name": \.\.\.\}
POST /v1/media/{media}/credits {"creditLine": "x", "creators": "Ann"} -> 400 /creators -> a list. For example \["Ana Example"\]
POST /v1/media/{media}/metadata/accept {"fields": ["title"]} -> 400 /fields/0 -> must be one of: credit, caption, alt
GET /v1/files/abc/1280.jpg -> 400 /digest -> not of the right form. For example "0b0e8c5d
PUT /v1/media-settings {"formats": ["png"]} -> 400 /formats -> must have "jpeg" among its items
PUT /v1/media-settings {"widths": [10]} -> 400 /widths/0 -> 16 or more. For example 1280
# Imports.
POST /v1/imports text/html "" -> 400 - -> is empty: send at least one character. A saved news page
POST /v1/imports {"html": "<p>x"} -> 422 - -> a page is sent as text/html
GET /v1/imports?status=open -> 400 /status/0 -> must be one of: waiting, decided
GET /v1/imports/12 -> 400 /id -> not of the right form. For example "imp_
POST /v1/imports/imp_{none}/review {"quotes": [{"id": "x", "decision": "ok"}]} -> 400 /quotes/0/decision -> must be one of: accept, correct, reject
# Batches.
POST /v1/batch [] -> 400 - -> an object.*\{"operations": \.\.\.\}
POST /v1/batch {"operations": [{"method": "GET", "path": "/v1/articles"}]} -> 400 /operations/0/method -> must be one of: POST, PUT, PATCH, DELETE
POST /v1/batch {"operations": [{"method": "POST", "path": "/articles"}]} -> 400 /operations/0/path -> not of the right form. For example "/v1/
POST /v1/batch {"operations": [{"method": "POST", "path": "/v1/articles", "body": {}}]} -> 400 /operations/0 -> ^Body: /title: is missing
POST /v1/batch {"operations": [{"method": "POST", "path": "/v1/tokens"}]} -> 400 /operations/0/path -> is not for a batch
POST /v1/batch {"operations": [{"method": "PATCH", "path": "/v1/articles/$a", "body": {}}]} -> 400 /operations/0/path -> no operation before this one has the key a
# Records of their own, and what is answered and not written.
PATCH /v1/articles/{story} {"quotes": []} -> 400 /quotes -> POST /v1/articles/\{id\}/quotes and the like
PATCH /v1/articles/{story} {"media": []} -> 400 /media -> addresses of their own: /v1/sources, /v1/media
PUT /v1/articles/{story} {"title": "A", "id": "{story}"} -> 400 /id -> told in answers, and not written: leave it out
PATCH /v1/articles/{story}?edition=draft {"title": "A"} -> 400 /edition -> change the draft: leave it out
POST /v1/comments {"body": "x"} -> 405 - -> One is added by POST /v1/articles/\{id\}/comments
POST /v1/media-credits {"creditLine": "x"} -> 405 - -> One is added by POST /v1/media/\{id\}/credits
POST /v1/articles/{story}/sources {"kind": "person", "name": "x"} -> 404 - -> Is /v1/sources meant\?
# Shapes.
POST /v1/articles {"title": "A", "tags": "ferry"} -> 400 /tags -> must be a list or null\. For example \["ferry"\]|must be a list\. For example \["ferry"\]
POST /v1/articles {"title": "A", "body": [{"type": "paragraph"}]} -> 400 /body/0/_type -> which of TextBlock, ImageBlock, .* this is
POST /v1/articles {"title": "A", "attributions": [{"claim": "x", "hops": [{"source": "Ann", "relation": "said"}]}]} -> 400 /attributions/0/hops/0/source -> Is sourceId meant\?
POST /v1/articles {"title": "A", "attributions": [{"claim": "x"}]} -> 400 /attributions/0/hops -> is missing\. For example \[\{"sourceId"
POST /v1/articles {"title": "A", "slug": "The Ferry"} -> 400 /slug -> Unicode normalization form C\.$
POST /v1/articles {"title": "A", "leadMediaId": "med_00000000000000000000000000"} -> 422 /leadMediaId -> send it first \(POST /v1/media\)
POST /v1/articles {"title": "A", "attributions": [{"claim": "x", "hops": [{"sourceId": "nobody", "relation": "said"}]}]} -> 422 /attributions/0/hops/0/sourceId -> no source “nobody”: name the id of one, or the .key. of one
GET /v1/articles?publishedAt%3E2026-01-01=x -> 400 /publishedAt>2026-01-01 -> Is publishedAt.gte meant\?
GET /v1/articles?publishedAt%3C2026-01-01=x -> 400 /publishedAt<2026-01-01 -> Is publishedAt.lt meant\?
POST /v1/articles/{story}/corrections {"kind": "update", "text": "x", "target": "quo_1"} -> 400 /target -> one of the fields quoteId, creditId, attributionId: \{"quoteId": \.\.\.\}
POST /v1/articles/{out}/comments {"body": "x"} -> 400 /author -> is missing\. It has the fields name, email, key: \{"name"
POST /v1/articles/{out}/comments {"author": {"name": "Ann"}, "body": "x", "form": "abc"} -> 422 /form -> GET /v1/articles/\{id\}/comment-form
POST /v1/articles/{story}/return application/json "" -> 400 - -> The body is empty: this takes JSON
GET /v1/articles/no-such-story -> 404 - -> no such article\. A draft is read with .edition=draft. and a token
GET /v1/articles/{comment} -> 404 - -> com_\w+ is the id of something else, for those of articles begin with art_
POST /v1/articles {"title": "A", "body": {"markdown": "![x](https://a.example/x.jpg)"}} -> 422 /body -> by its id, .!\[\]\(med_\.\.\.\).
# Previews.
POST /v1/articles/{story}/previews {"expiresAt": "2099-01-01T00:00:00Z"} -> 422 /expiresAt -> within 7 days: until 20.*, or leave it out
POST /v1/articles/{story}/previews {"expires": "1d"} -> 400 /expires -> Is expiresAt meant\?
GET /v1/preview -> 404 /Preview-Key -> is missing, or is not the key of a preview that holds
GET /v1/preview?key=onp_abc -> 400 /key -> goes into the header Preview-Key
GET /v1/articles/{out}?key=onp_abc -> 400 /key -> header Preview-Key of GET /v1/preview
# Sources and their merges.
POST /v1/sources/{other}/merge {"into": "{other}"} -> 422 /into -> into itself: name the other one
POST /v1/sources/{other}/merge {"into": "src_00000000000000000000000000"} -> 422 /into -> name one that exists
POST /v1/sources/{other}/merge {"target": "{source}"} -> 400 /target -> Is into meant\?
POST /v1/sources/{other}/unmerge {} -> 404 - -> nothing to take back
POST /v1/sources {"kind": "human", "name": "x"} -> 400 /kind -> Is person meant\?
POST /v1/sources {"kind": "person", "name": "x", "sameAs": "Q42"} -> 400 /sameAs -> a list. For example \["https:
POST /v1/sources {"kind": "person", "name": "x", "affiliation": "B"} -> 400 /affiliation -> Is affiliationId meant\?
DELETE /v1/sources/{source} -> 409 - -> change or delete that first
# Quotes and claims.
POST /v1/articles/{story}/quotes {"text": "x", "speaker": "Bo"} -> 400 /speaker -> Is attributions meant\?
POST /v1/articles/{story}/attributions {"claim": "The board", "hops": [{"relation": "said"}]} -> 400 /hops/0 -> exactly one of sourceId, articleId, unnamed
POST /v1/articles/{story}/attributions {"claim": "x", "hops": [{"sourceId": "{source}", "relation": "says"}]} -> 400 /hops/0/relation -> Is said meant\?
POST /v1/quote-checks {"text": "a", "html": "b"} -> 422 /html -> one of text, html, quotations and articleId, not text and html
POST /v1/quote-checks {"quotes": ["x"]} -> 400 /quotes -> Is quotations meant\?
# Readers.
POST /v1/articles/{out}/comments {"name": "Ann", "body": "x"} -> 400 /name -> Is author meant\?
POST /v1/articles/{out}/comments {"author": {"name": "A"}, "body": "x", "parentId": "com_00000000000000000000000000"} -> 422 /parentId -> answer one that is approved, or send null
POST /v1/articles/{out}/error-reports {"message": "wrong"} -> 400 /what -> is missing\. What is wrong, in the words of the reader
POST /v1/comments/decisions {"decision": "approved", "ids": ["{comment}"]} -> 400 /decision -> Is approve meant\?
POST /v1/comments/{comment}/edit {"body": "x"} -> 400 /editKey -> is missing\. With it the author may edit
POST /v1/bans {"kind": "network"} -> 422 /value -> either value or commentId
POST /v1/blocked-terms {"kind": "pattern", "term": "(a", "outcome": "hold"} -> 422 /term -> RE2: .*missing closing
# Settings.
PATCH /v1/comment-settings {"challenge": true} -> 400 /challenge -> must be one of: off, on, auto, null
PATCH /v1/publisher {"logo": "x"} -> 400 /logo -> Is logoUrl meant\?
PUT /v1/ai-use {"articles": {"one": {}}} -> 400 /articles/one -> its name is not of the right form. For example "art_
PUT /v1/ai-use {"site": {"train": "paid"}} -> 400 /site/train -> needs a price: say it here
GET /v1/reports/sources -> 400 /from -> is missing\. Articles published at this instant or later
# Webhooks, tokens, the workflow, addresses.
POST /v1/webhooks {"url": "https://127.0.0.1/h"} -> 422 /url -> not on the public internet \(ONRECORD_WEBHOOK_PRIVATE\)
POST /v1/webhooks {"url": "https://a.example/h", "events": ["article.publish"]} -> 400 /events/0 -> Is article.published meant\?
POST /v1/webhooks {"url": "https://a.example/h", "secret": "x"} -> 400 /secret -> made here, and answered once
POST /v1/webhooks/{webhook}/replay {"fromSeq": 9, "toSeq": 3} -> 422 /toSeq -> .toSeq. is .fromSeq. or more
POST /v1/tokens {"name": "x"} -> 400 /role -> is missing\. It must be one of: viewer, contributor
POST /v1/tokens {"name": "x", "role": "editor", "expiresAt": "2020-01-01T00:00:00Z"} -> 422 /expiresAt -> send a later instant, or null
POST /v1/tokens/{token}/rotate {"grace": "1h"} -> 400 /grace -> a whole number
GET /v1/changes?kind=articles -> 400 /kind/0 -> Is article meant\?
POST /v1/articles/{story}/schedule {"at": "2027-01-01T00:00:00Z"} -> 400 /at -> Is publishAt meant\?
POST /v1/articles/{story}/schedule {"publishAt": "2020-01-01T00:00:00Z"} -> 422 /publishAt -> send a later instant
POST /v1/articles/{story}/withdraw {"reason": "x"} -> 409 - -> it can be submitted, scheduled, published
POST /v1/webhooks {"url": "https://a.example", "events": ["article.live"]} -> 400 /events/0 -> ^must be one of: article\.created, [a-z., ]+, or of another kind\. /openapi\.json has all \d+ \(EventName\)\.$
POST /v1/webhooks {"url": "https://a.example", "events": ["story.published"]} -> 400 /events/0 -> ^must be a name such as article\.published, of one of
POST /v1/webhooks {"url": "https://a.example", "events": ["x"]} -> 400 /events/0 -> ^must be a name such as article\.created, of one of the kinds article, quote, [a-z_, ]+, preview\. /openapi
POST /v1/webhooks {"url": "https://a.example", "events": ["artcle.publishd"]} -> 400 /events/0 -> ^is not known\. Is article\.published meant\? It must be one of: article\.created
POST /v1/articles/{story}/return {} -> 400 /note -> is missing\. For the history
POST /v1/articles/{story}/unpublish {} -> 404 - -> Is \S+/withdraw meant\?
POST /v1/articles/{story}/publsh {} -> 404 - -> Is \S+/publish meant\?
GET /v1/article/one -> 404 - -> Is /v1/articles/one meant\?
POST /v1/articles application/x-www-form-urlencoded "title=x" -> 415 - -> takes application/json, not
POST /v1/articles application/json "{\"title\":  \"x\",}" -> 400 - -> line 1 column 16`

const rows = table.split('\n').filter((line) => /^[A-Z]/.test(line))

t.test('wrong requests of every kind are told the place and the remedy', async (t) => {
  const { call, post, draft, token } = await app(t)
  const made = async (url: string, body: object) => (await post(url, body)).json<{ id: string }>().id
  const story = await draft({ title: 'One' })
  const written = await post(`/v1/articles/${story.id}/quotes`, {
    text: 'The board agreed.',
    kind: 'indirect',
    attributions: []
  })
  t.equal(written.status, 201)
  const out = await draft({ title: 'Two' })
  t.equal((await post(`/v1/articles/${out.id}/publish`, {})).status, 200)
  const ids: Record<string, string> = {
    story: story.id,
    source: story.sources[0]!.id,
    out: out.id,
    other: await made('/v1/sources', { kind: 'person', name: 'Bo Ek' }),
    media: await made('/v1/media', { kind: 'image', url: 'https://a.example/x.jpg' }),
    comment: await made(`/v1/articles/${out.id}/comments`, { author: { name: 'Ann' }, body: 'Hi' }),
    webhook: await made('/v1/webhooks', { url: 'https://a.example/h' }),
    token: (await token('contributor')).id,
    none: '0'.repeat(26)
  }
  const filled = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name) => ids[name] ?? whole)
  for (const row of rows) {
    const [, request, sent, status, place, says] =
      /^(\S+ \S+(?: \w+\/\S+)?)(?: (.+))? -> (\d+) (\S+) -> (.+)$/.exec(row)!
    const [method, url, type = 'application/json'] = filled(request!).split(' ')
    const payload = sent && (sent.startsWith('"') ? JSON.parse(sent) : filled(sent))
    const conditional = ['PUT', 'PATCH', 'DELETE'].includes(method!)
    const headers = {
      ...(conditional && { 'if-match': '*' }),
      ...(payload !== undefined && { 'content-type': type })
    }
    const answer = await call(method!, url!, { payload, headers })
    const { detail, errors = [{ pointer: '', detail }] } = answer.json<Problem>()
    const said = `${request} ${sent}: ${detail} ${JSON.stringify(errors)}`
    t.equal(answer.status, Number(status), said)
    const told = errors.find(({ pointer }) => pointer === (place === '-' ? '' : place))
    t.match(told?.detail, new RegExp(says!), said)
  }
})
