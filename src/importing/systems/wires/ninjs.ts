// ninjs of all three lines: 1.x (flat), 2.x (lists, small letters), 3.x (lists, camelCase).

import { escapeMarkup } from '../../../storage/text/xml-text.ts'
import { httpUrl } from '../../metadata/addresses.ts'
import { peopleIn } from '../../metadata/people.ts'
import { creditOf } from '../../pictures/credits.ts'
import { type ExportFile, type ImportedMedia, type Item, RefusedExport, type SystemReader } from '../item.ts'
import { instantOf, plainOf } from '../text.ts'
import { type Fields, fieldsIn, isFields, textOf, wordsAt } from '../whole.ts'
import { deskNote, newest, stateOf, unclearEmbargo, versionOf } from './versions.ts'

export const ninjsReader: SystemReader = {
  name: 'ninjs',
  system: 'ninjs',
  title: 'ninjs',
  recognises: (head) =>
    /^\s*[[{]/.test(head) &&
    /"uri"\s*:/.test(head) &&
    /"(?:versioncreated|pubstatus|body_\w+|bodies|headlines|renditions|associations)"\s*:/i.test(head),
  read
}

async function* read(files: ExportFile[]): AsyncGenerator<Item> {
  const items: Item[] = []
  for (const file of files)
    for (const story of storiesIn(await textOf(file, 64), file.name)) items.push(...itemsOf(story, file.name))
  yield* newest(items)
}

/** One object, a list of them, or one a line. Throws RefusedExport. */
function storiesIn(text: string, name: string): Fields[] {
  const refused = (why: string) => new RefusedExport('not-ninjs', `${name} holds no story in ninjs: ${why}.`)
  const parsed = (part: string) => {
    try {
      return JSON.parse(part) as unknown
    } catch {
      return undefined
    }
  }
  const whole = parsed(text)
  const all =
    whole === undefined
      ? text
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map(parsed)
      : [whole].flat()
  if (all.includes(undefined)) throw refused('it is neither JSON nor an object of JSON a line')
  const stories = all.filter(isFields).map(small)
  if (stories.length === 0 || stories.some((one) => wordsAt(one, 'uri') === undefined))
    throw refused('each object needs a uri, by which it is known when it comes again')
  return stories
}

/** The names of its fields in small letters, as 1.x and 2.x have them. */
const small = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value]))

const all = (value: unknown) => fieldsIn(value).map(small)

/** The text of a list of 2.x and 3.x; what is main goes before the others, HTML before plain text. */
function chosen(list: Fields[], wanted: (type: string) => boolean): string | undefined {
  const some = list.filter((one) => wanted(wordsAt(one, 'contenttype') ?? 'text/plain'))
  const main = some.find(({ role }) => role === 'main') ?? some[0]
  return main && wordsAt(main, 'value')
}

const isHtml = (type: string) => /html/i.test(type)

function itemsOf(story: Fields, file: string): Item[] {
  const id = wordsAt(story, 'uri')!
  const place = `${file}: ${id}`
  const losses: Item[] = []
  const lose = (code: string, reason: string, words?: string) =>
    void losses.push({ kind: 'loss', place, code, reason, ...(words && { words: words.slice(0, 300) }) })
  const type = wordsAt(story, 'type') ?? 'text'
  const associations = associatedWith(story)
  const own = /^(?:picture|video|audio|graphic)$/.test(type) ? [story] : []
  const media = [...own, ...associations].flatMap((one) => mediaOf(one, lose))
  for (const one of associations)
    if (!isMedia(one) && wordsAt(one, 'uri') !== undefined)
      lose(
        'association-left-out',
        'A story that it names is not in it: import that by itself.',
        wordsAt(one, 'uri')
      )
  const headlines = all(story.headlines)
  const title =
    wordsAt(story, 'headline') ?? chosen(headlines, () => true) ?? wordsAt(story, 'title', 'slugline')
  const text = wordsAt(story, 'body_text') ?? chosen(all(story.bodies), (one) => !isHtml(one))
  const html =
    wordsAt(story, 'body_html', 'body_xhtml') ??
    chosen(all(story.bodies), isHtml) ??
    text
      ?.split(/\n\s*\n/)
      .map((one) => `<p>${escapeMarkup(one)}</p>`)
      .join('') ??
    ''
  const dek = wordsAt(story, 'description_text') ?? chosen(all(story.descriptions), (one) => !isHtml(one))
  const subjects = [...all(story.subject), ...all(story.subjects)]
  const [section, ...others] = subjects.flatMap((one) => wordsAt(one, 'name', 'literal') ?? [])
  const keywords = [story.keywords, story.keyword].flat().filter((one) => typeof one === 'string')
  const version = versionOf(wordsAt(story, 'version'))
  const updatedAt = instantOf(wordsAt(story, 'versioncreated') ?? '')
  const embargo = story.embargoeduntil ?? story.embargoed
  const until = embargo === undefined ? undefined : instantOf(String(embargo))
  const language = wordsAt(story, 'language')
  const publisher = wordsAt(story, 'infosource') ?? wordsAt(story, 'copyrightholder')
  const byline = wordsAt(story, 'by', 'byline') ?? chosen(all(story.bylines), () => true)
  return [
    ...losses,
    {
      kind: 'article',
      ...{ place, id, type: 'story', status: stateOf(wordsAt(story, 'pubstatus')) },
      title: plainOf(title ?? ''),
      html,
      authors: authorsOf(byline, story),
      tags: [...others, ...keywords],
      addresses: [],
      media,
      comments: 'open',
      ...(media[0]?.kind === 'image' && { featured: media[0].id }),
      ...(dek && own.length === 0 && { dek: plainOf(dek) }),
      ...(section && { section }),
      ...(language && { language }),
      ...(updatedAt && { updatedAt }),
      ...(version && { version }),
      ...(until && { embargoUntil: until }),
      ...(publisher && { publisher }),
      ...deskNote({
        notice: /withheld/i.test(String(story.pubstatus))
          ? 'withheld by its agency until it says otherwise'
          : undefined,
        embargo: embargo === undefined || until ? undefined : unclearEmbargo,
        'desk note': wordsAt(story, 'ednote'),
        usage: wordsAt(story, 'usageterms'),
        urgency: wordsAt(story, 'urgency')
      })
    }
  ]
}

/** 1.x names its associations by the keys of an object. */
const associatedWith = ({ associations }: Fields): Fields[] =>
  isFields(associations) ? Object.values(associations).filter(isFields).map(small) : all(associations)

const isMedia = (one: Fields) => /^(?:picture|video|audio|graphic)$/.test(String(one.type))

/** Creators that 2.x and 3.x name apart, else the byline. */
function authorsOf(byline: string | undefined, { people, person }: Fields) {
  const stated = [...all(people), ...all(person)]
    .filter(({ rel }) => /^(?:author|creator|byline)$/i.test(String(rel)))
    .flatMap((one) => wordsAt(one, 'name') ?? [])
  const line = byline?.replace(/^by\s+/i, '')
  const printed = line ? peopleIn(line) : []
  const names = stated.length > 0 ? stated : printed.length > 0 ? printed : line ? [line] : []
  return names.map((name) => ({ name }))
}

const kinds: Record<string, ImportedMedia['kind']> = {
  picture: 'image',
  graphic: 'image',
  video: 'video',
  audio: 'audio'
}

/** The file of a picture: the largest rendition that has an address. */
function mediaOf(one: Fields, lose: (code: string, reason: string, words?: string) => void): ImportedMedia[] {
  if (!isMedia(one)) return []
  const { renditions } = one
  const listed = isFields(renditions)
    ? Object.values(renditions).filter(isFields).map(small)
    : all(renditions)
  const placed = listed.flatMap((it) => {
    const url = httpUrl(wordsAt(it, 'href', 'url'))
    return url ? [{ ...it, url, pixels: (Number(it.width) || 0) * (Number(it.height) || 0) }] : []
  })
  const [best, ...others] = placed.toSorted((a, b) => b.pixels - a.pixels)
  if (best === undefined) {
    lose('picture-left-out', 'It has no rendition with an address.', wordsAt(one, 'uri') ?? '')
    return []
  }
  const caption = wordsAt(one, 'description_text') ?? chosen(all(one.descriptions), (type) => !isHtml(type))
  const alt = wordsAt(one, 'alttext') ?? chosen(all(one.alttexts), () => true)
  const [by, supplier] = [wordsAt(one, 'by', 'byline'), wordsAt(one, 'infosource')]
  const line =
    wordsAt(one, 'creditline') ??
    ([by, supplier].filter(Boolean).join('/') || wordsAt(one, 'copyrightholder', 'copyrightnotice'))
  const [notice, holder, terms] = [
    wordsAt(one, 'copyrightnotice'),
    wordsAt(one, 'copyrightholder'),
    wordsAt(one, 'usageterms')
  ]
  const { width, height } = small(best)
  return [
    {
      ...{ id: wordsAt(one, 'uri') ?? best.url, kind: kinds[wordsAt(one, 'type')!]!, url: best.url },
      otherUrls: others.map(({ url }) => url),
      ...(caption && { caption: plainOf(caption) }),
      ...(alt && { alt }),
      ...(Number(width) > 0 && { width: Number(width) }),
      ...(Number(height) > 0 && { height: Number(height) }),
      ...(line && {
        credit: {
          ...creditOf(line, () => {}),
          ...(by && { creators: peopleIn(by).length > 0 ? peopleIn(by) : [by] }),
          ...(supplier && { suppliers: [supplier] }),
          ...(notice && { copyrightNotice: notice.slice(0, 1000) }),
          ...(holder && { copyrightHolder: holder.slice(0, 1000) }),
          ...(terms && { usageTerms: terms.slice(0, 5000) })
        }
      })
    }
  ]
}
