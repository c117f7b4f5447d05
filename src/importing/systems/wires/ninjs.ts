// ninjs of all three lines: 1.x (flat), 2.x (lists, small letters), 3.x (lists, camelCase).

import { escapeMarkup } from '../../../storage/text/xml-text.ts'
import { peopleIn } from '../../metadata/people.ts'
import { type ExportFile, type Item, RefusedExport, type SystemReader } from '../item.ts'
import { instantOf, plainOf } from '../text.ts'
import { type Fields, isFields, textOf, wordsAt } from '../whole.ts'
import { all, chosen, isHtml, namesIn, small } from './ninjs-fields.ts'
import { isMedia, mediaOf } from './ninjs-media.ts'
import { deskNote, newest, stateOf, unclearEmbargo, versionOf } from './versions.ts'

export const ninjsReader: SystemReader = {
  name: 'ninjs',
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

function itemsOf(story: Fields, file: string): Item[] {
  const id = wordsAt(story, 'uri')!
  const place = `${file}: ${id}`
  const losses: Item[] = []
  const lose = (code: string, reason: string, words?: string) =>
    void losses.push({ kind: 'loss', place, code, reason, ...(words && { words: words.slice(0, 300) }) })
  const associations = associatedWith(story)
  const own = isMedia(story) ? [story] : []
  const media = [...own, ...associations].flatMap((one) => mediaOf(one, lose))
  for (const one of associations)
    if (!isMedia(one) && wordsAt(one, 'uri') !== undefined)
      lose(
        'association-left-out',
        'A story that it names is not in it: import that by itself.',
        wordsAt(one, 'uri')
      )
  const unread = Object.keys(story).filter((name) => !isRead.test(name))
  if (unread.length > 0) lose('field-left-out', 'Fields that have no place here.', unread.join(', '))
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
  const [section, ...others] = namesIn(story, 'subject', 'subjects')
  const lead = media.find(({ kind }) => kind === 'image')
  const keywords = [story.keywords, story.keyword].flat().filter((one) => typeof one === 'string')
  const version = versionOf(wordsAt(story, 'version'))
  const updatedAt = instantOf(wordsAt(story, 'versioncreated') ?? '')
  const embargo = story.embargoeduntil ?? story.embargoed
  const until = embargo === undefined ? undefined : instantOf(String(embargo))
  const language = wordsAt(story, 'language')
  const publisher =
    wordsAt(story, 'infosource') ?? namesIn(story, 'infosources')[0] ?? wordsAt(story, 'copyrightholder')
  const [notice, dateline] = [wordsAt(story, 'copyrightnotice'), wordsAt(story, 'located')]
  const byline = wordsAt(story, 'by', 'byline') ?? chosen(all(story.bylines), () => true)
  return [
    ...losses,
    {
      kind: 'article',
      ...{ place, id, type: 'story', status: stateOf(wordsAt(story, 'pubstatus')) },
      title: plainOf(title ?? ''),
      html,
      authors: authorsOf(byline, story),
      tags: [...others, ...keywords, ...namedIn(story)],
      addresses: [],
      media,
      comments: 'open',
      ...(lead && { featured: lead.id }),
      ...(dek && own.length === 0 && { dek: plainOf(dek) }),
      ...(section && { section }),
      ...(language && { language }),
      ...(updatedAt && { updatedAt }),
      ...(version && { version }),
      ...(until && { embargoUntil: until }),
      ...(publisher && { publisher }),
      ...(notice && { copyrightNotice: notice }),
      ...(dateline && { dateline }),
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

/** What is read of a story, or is about the file alone. */
const isRead =
  /^(?:\$?standard|uri|type|profile|mimetype|representationtype|contenttype|name|rel|charcount|wordcount|firstcreated|contentcreated|contentmodified|version|versioncreated|pubstatus|urgency|language|headlines?|headline_\w+|title|slugline|bod(?:ies|y_\w+)|descriptions?|description_\w+|by|bylines?|ednote|usageterms|embargoed(?:until)?|copyright(?:holder|notice)|infosources?|located|subjects?|keywords?|people|person|places?|organisations?|events?|objects?|associations|renditions|creditline|alttexts?)$/

/** Who and what a story is about, or mentions; who wrote it is its author. */
const namedIn = (story: Fields): string[] => {
  const people = [...all(story.people), ...all(story.person)].filter((one) => !isWriter(one))
  return [
    ...namesIn({ people }, 'people'),
    ...namesIn(story, 'organisation', 'organisations', 'place', 'places'),
    ...namesIn(story, 'event', 'events', 'object', 'objects')
  ]
}

const isWriter = ({ rel }: Fields) => /^(?:author|creator|byline)$/i.test(String(rel))

/** 1.x names its associations by the keys of an object. */
const associatedWith = ({ associations }: Fields): Fields[] =>
  isFields(associations) ? Object.values(associations).filter(isFields).map(small) : all(associations)

/** Creators that 2.x and 3.x name apart, else the byline. */
function authorsOf(byline: string | undefined, { people, person }: Fields) {
  const stated = [...all(people), ...all(person)]
    .filter(isWriter)
    .flatMap((one) => wordsAt(one, 'name') ?? [])
  const line = byline?.replace(/^by\s+/i, '')
  const printed = line ? peopleIn(line) : []
  const names = stated.length > 0 ? stated : printed.length > 0 ? printed : line ? [line] : []
  return names.map((name) => ({ name }))
}
