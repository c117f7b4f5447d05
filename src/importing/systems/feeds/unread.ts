// What of an entry of a feed has no place here.
import { wordsOf } from '../story.ts'
import { type Element, wordsOfElement } from '../xml/element.ts'

/** What is read, and what tells programs where comments and the like are, and is no part of a story. */
const isRead =
  /^(?:title|link|id|guid|pubDate|published|updated|modified|issued|dc:(?:date|creator|language|subject|title|identifier)|category|author|content|content:encoded|summary|description|enclosure|source|media:\w+|comments|post-id|(?:wfw|slash|thr|feedburner|atom|gd|sy):[\w-]+)$/
const isReadOfJson =
  /^(?:id|url|title|content_html|content_text|summary|image|banner_image|date_published|date_modified|authors?|tags|language|attachments)$/

export const noPlace = 'Fields that have no place here.'

/** Tells of the elements of an entry that are not read, with their words: "georss:point 42.3 -71.1". */
export function loseElements(
  { children }: Element,
  lose: (code: string, reason: string, words?: string) => void
) {
  const unread = children.flatMap((one) => {
    const words = wordsOf([wordsOfElement(one), ...Object.values(one.attributes)].join(' '))
    return isRead.test(one.name) || words === undefined ? [] : [`${one.name} ${words}`]
  })
  if (unread.length > 0) lose('field-left-out', noPlace, unread.join(', ').slice(0, 300))
}

/** The names of the properties of an item of JSON Feed that are not read. */
export const unreadProperties = (item: object) => Object.keys(item).filter((name) => !isReadOfJson.test(name))
