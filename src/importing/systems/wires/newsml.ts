// NewsML-G2: news items with what is known of them, alone or in a message, and the pictures that go with them.

import { escapeMarkup } from '../../../storage/text/xml-text.ts'
import { httpUrl } from '../../metadata/addresses.ts'
import { peopleIn } from '../../metadata/people.ts'
import { creditOf } from '../../pictures/credits.ts'
import type { ArticleItem, ImportedMedia, Item } from '../item.ts'
import { innerHtml } from '../markup.ts'
import { wordsOf } from '../story.ts'
import { instantOf } from '../text.ts'
import { child, type Element, within, wordsOfElement } from '../xml/element.ts'
import { type NitfStory, storyOf } from './nitf.ts'
import { deskNote, stateOf, unclearEmbargo, versionOf } from './versions.ts'

/** Every item of a message, or the one that is the document. */
export function newsItems(root: Element, file: string): Item[] {
  const items = root.name === 'newsItem' ? [root] : within(root, 'newsItem')
  const files = items.filter((one) => mediaKind(one) !== undefined)
  const stories = items.filter((one) => !files.includes(one))
  const losses: Item[] = []
  const used = new Set<Element>()
  const articles = stories.flatMap((story) => {
    const named = new Set(
      within(story, 'link').flatMap(({ attributes: { residref, href } }) => residref ?? href ?? [])
    )
    // In a message with one story, its pictures are those of the story.
    const own = files.filter((one) => stories.length === 1 || named.has(String(one.attributes.guid)))
    for (const one of own) used.add(one)
    return articleOf(story, own, file)
  })
  for (const one of files)
    if (!used.has(one))
      losses.push(
        ...(stories.length === 0
          ? articleOf(one, [one], file)
          : [
              {
                ...{ kind: 'loss' as const, place: `${file}: ${one.attributes.guid}`, code: 'picture-alone' },
                reason: 'No story of the message names this picture: it was left out.'
              }
            ])
      )
  for (const { name } of root.name === 'packageItem' ? [root] : [])
    losses.push({
      ...{ kind: 'loss', place: file, code: 'no-article' },
      reason: `A ${name} lists stories that stand elsewhere: import those.`
    })
  return [...losses, ...articles]
}

/** A qcode is an alias, a colon and a code, which may hold more colons; a URI ends in the code. */
const codeOf = (element: Element | undefined) => {
  const { qcode, uri, literal } = element?.attributes ?? {}
  return qcode?.replace(/^[^:]*:/, '') ?? uri?.replace(/^.*[/:]/, '') ?? literal
}

function mediaKind(item: Element): ImportedMedia['kind'] | undefined {
  const code = codeOf(within(item, 'itemClass')[0])
  const kinds: Record<string, ImportedMedia['kind']> = {
    picture: 'image',
    graphic: 'image',
    video: 'video',
    audio: 'audio'
  }
  return kinds[String(code)]
}

const wordsIn = (element: Element | undefined) => element && wordsOf(wordsOfElement(element))

/** The name of a concept: by what is written in it, or its literal. */
const nameOf = (element: Element) => wordsIn(child(element, 'name')) ?? element.attributes.literal

function articleOf(item: Element, files: Element[], file: string): Item[] {
  const { guid = file, version = '1' } = item.attributes
  const place = `${file}: ${guid} version ${version}`
  const losses: Item[] = []
  const lose = (code: string, reason: string, words?: string) =>
    void losses.push({ kind: 'loss', place, code, reason, ...(words && { words }) })
  const first = (name: string) => within(child(item, 'contentMeta') ?? item, name)[0]
  const meta = (name: string) => within(child(item, 'itemMeta') ?? item, name)[0]
  const story = contentOf(item, lose)
  const media = [...story.media, ...files.flatMap((one) => fileOf(one, lose))]
  const creators = within(child(item, 'contentMeta') ?? item, 'creator').flatMap((one) => nameOf(one) ?? [])
  const byline = wordsIn(first('by'))?.replace(/^by\s+/i, '')
  const printed = byline ? peopleIn(byline) : []
  const stated = printed.length > 0 ? printed : creators
  const subjects = within(child(item, 'contentMeta') ?? item, 'subject').flatMap((one) => nameOf(one) ?? [])
  const keywords = within(item, 'keyword').flatMap((one) => wordsIn(one) ?? [])
  const [section, ...others] = subjects
  const language = first('language')?.attributes.tag ?? item.attributes['xml:lang']
  const summary = within(item, 'description').find((one) => /summary/.test(String(one.attributes.role)))
  const dek = wordsIn(summary)
  const updatedAt = instantOf((meta('versionCreated') && wordsOfElement(meta('versionCreated')!)) ?? '')
  const embargo = meta('embargoed')
  const until = embargo && instantOf(wordsOfElement(embargo))
  const signal = codeOf(meta('signal'))
  const holder = within(item, 'copyrightHolder').flatMap((one) => nameOf(one) ?? [])[0]
  const notice = wordsIn(within(item, 'copyrightNotice')[0])
  const dateline = wordsIn(first('dateline')) ?? story.dateline
  const lead = media.find(({ kind }) => kind === 'image')
  const article: ArticleItem = {
    ...story,
    kind: 'article',
    ...{ place, id: guid, type: 'story', comments: 'open', addresses: [], media },
    status: stateOf(codeOf(meta('pubStatus'))),
    title: wordsIn(first('headline')) ?? (story.title || (wordsIn(meta('title')) ?? '')),
    authors: story.authors.length > 0 ? story.authors : stated.map((name) => ({ name })),
    tags: [...new Set([...others, ...keywords, ...story.tags])],
    version: versionOf(version) ?? 1,
    ...(lead && { featured: lead.id }),
    ...(section && { section }),
    ...(language && { language }),
    ...(dek && { dek }),
    ...(updatedAt && { updatedAt }),
    ...(until && { embargoUntil: until }),
    ...(holder && { publisher: holder }),
    ...(notice && { copyrightNotice: notice }),
    ...(dateline && { dateline }),
    ...deskNote({
      notice: /withheld/i.test(String(codeOf(meta('pubStatus'))))
        ? 'withheld by its agency until it says otherwise'
        : signal && `its agency signals ${signal}`,
      embargo: embargo && !until ? unclearEmbargo : undefined,
      'desk note': within(item, 'edNote').map(wordsOfElement).join('\n'),
      usage: within(item, 'usageTerms').map(wordsOfElement).join('\n'),
      urgency: wordsIn(first('urgency'))
    })
  }
  return [...losses, article]
}

/** The words: NITF or XHTML within it, or plain text; what stands elsewhere is not fetched. */
function contentOf(item: Element, lose: (code: string, reason: string, words?: string) => void): NitfStory {
  const nothing = { title: '', html: '', authors: [], media: [], tags: [] }
  const content = child(item, 'contentSet')
  const nitf = content && within(content, 'nitf')[0]
  if (nitf) return storyOf(nitf, lose)
  const inline = content && child(content, 'inlineXML')
  const body = inline && (within(inline, 'body')[0] ?? inline)
  if (body) return { ...nothing, html: innerHtml(body) }
  const data = content && child(content, 'inlineData')
  if (data) {
    const text = wordsOfElement(data)
    const isHtml = /html/.test(String(data.attributes.contenttype))
    const html = isHtml
      ? text
      : text
          .split(/\n\s*\n/)
          .map((one) => `<p>${escapeMarkup(one)}</p>`)
          .join('')
    return { ...nothing, html }
  }
  if (mediaKind(item) === undefined)
    lose(
      'body-elsewhere',
      'Its content stands elsewhere: it was not fetched.',
      content && within(content, 'remoteContent')[0]?.attributes.href
    )
  return nothing
}

/** The file of a picture: the largest that has an address. */
function fileOf(
  item: Element,
  lose: (code: string, reason: string, words?: string) => void
): ImportedMedia[] {
  const pixels = ({ attributes: { width, height } }: Element) => (Number(width) || 0) * (Number(height) || 0)
  const remote = within(item, 'remoteContent').filter(({ attributes: { href } }) => httpUrl(href))
  const [best, ...others] = remote.toSorted((a, b) => pixels(b) - pixels(a))
  if (best === undefined) {
    lose('picture-left-out', 'It has no file with an address.', item.attributes.guid)
    return []
  }
  const caption = wordsIn(
    within(item, 'description').find((one) => /caption/.test(String(one.attributes.role))) ??
      within(item, 'description')[0]
  )
  const creators = within(item, 'creator').flatMap((one) => nameOf(one) ?? [])
  const line = wordsIn(within(item, 'creditline')[0]) ?? creators.join(', ')
  const notice = wordsIn(within(item, 'copyrightNotice')[0])
  const holder = within(item, 'copyrightHolder').flatMap((one) => nameOf(one) ?? [])[0]
  const terms = wordsIn(within(item, 'usageTerms')[0])
  const credited = line || notice || holder
  const { width, height } = best.attributes
  return [
    {
      ...{
        id: item.attributes.guid ?? best.attributes.href!,
        kind: mediaKind(item)!,
        url: httpUrl(best.attributes.href)!
      },
      otherUrls: others.flatMap(({ attributes: { href } }) => httpUrl(href)!),
      ...(caption && { caption }),
      ...(Number(width) > 0 && { width: Number(width) }),
      ...(Number(height) > 0 && { height: Number(height) }),
      ...(credited && {
        credit: {
          ...creditOf(credited, () => {}),
          ...(creators.length > 0 && { creators }),
          ...(notice && { copyrightNotice: notice }),
          ...(holder && { copyrightHolder: holder }),
          ...(terms && { usageTerms: terms })
        }
      })
    }
  ]
}
