// What the tags, roles and names of an element say of its place on a page. Names are those that themes and content
// management systems share, one word at a time: "article-related__list" is "article", "related" and "list".
import { classesOf, type Element } from '../../content/body/html/tree.ts'

const words = (list: string) => new Set(list.trim().split(/\s+/))

const boilerplateTags = words('nav aside footer form dialog menu')
const boilerplateRoles = words(
  'navigation complementary contentinfo search form dialog alertdialog alert banner menu menubar toolbar tablist'
)
/** Names of what stands around a story, or between its paragraphs without being one. */
const boilerplateNames = words(`
  nav navbar navigation navi menu submenu breadcrumb breadcrumbs crumbs footer sidebar sidebars rail widget widgets toolbar
  topbar masthead share sharing shares sharer sharedaddy socials social addthis addtoany shariff follow
  related relatedposts similar recommended recommendation recommendations recirculation recirc readmore morefrom readnext
  popular trending mostread outbrain taboola plista ligatus
  promo promos promotion promoted sponsor sponsored sponsors advert adverts advertisement advertising ads ad
  adsense anzeige werbung banner newsletter newsletters subscribe subscription signup optin login register paywall
  cookie cookies consent gdpr popup modal overlay lightbox tooltip
  tags taglist tagcloud keywords labels pagination pager paging prevnext
  byline bylines bio biography avatar
  rating ratings vote votes poll print printonly donate donation cta flattr vgwort copyright disclaimer
  sr visuallyhidden screenreader skiplink skip
`)
const commentNames = words(
  'comment comments commentlist commentarea commentary respond disqus discussion replies reply kommentar kommentare kommentieren leserkommentare comentarios commentaires reacties guestbook pingback pingbacks trackback trackbacks'
)
/** A teaser leads to another story, or it is what a story begins with. */
const teaserNames = words('teaser teasers')
/** Who wrote the story, and what else they do. */
const authorNames = words('author authors authorbox authorinfo autor autoren auteur')
/** Names of what is no part of a paragraph even where it stands in one. */
const inlineNames = words('share sharing sr visuallyhidden screenreader skiplink ad ads tooltip')
/** Names that only a small element has as furniture. */
const lineNames = words(
  'meta postmeta metadata date dates dateline datum timestamp published pubdate updated modified category categories kicker tag reading posted postinfo postdate info'
)
const storyNames = words(
  'articlebody storybody postbody entrycontent postcontent articlecontent storycontent articletext storytext blogpost'
)
const storyPairs =
  /^(?:article|story|entry|post|news|blog|text|content|main|single|node|page)(?:body|content|text|copy|entry)$/

interface Names {
  parts: string[]
  whole: string[]
}
/** The names that were taken apart last: the elements of a page share a few. */
const namesMemo = new Map<string, Names>()
const mostKnown = 1000

/** The words of an element's class and id, in small letters: parts of names, and whole names without their hyphens. */
export const namesOf = (element: Element): Names => namesIn(element, ['class', 'id'])

/** The same of other attributes. */
export function namesIn({ attributes }: Element, from: string[]): Names {
  let words = ''
  for (const name of from) if (attributes[name]) words += ` ${attributes[name]}`
  const known = namesMemo.get(words) ?? namesAmong(words)
  if (namesMemo.size >= mostKnown) namesMemo.clear()
  namesMemo.set(words, known)
  return known
}

function namesAmong(words: string): Names {
  const names = words.split(/\s+/).filter(isName)
  const parts = names.flatMap((name) =>
    name
      .replace(/([a-z])([A-Z])/g, '$1-$2')
      .toLowerCase()
      .split(/[^\p{L}]+/u)
      .filter(Boolean)
  )
  return { parts, whole: names.map((name) => name.toLowerCase().replace(/[^\p{L}]/gu, '')) }
}

/** A program for laying pages out calls all that it places a widget. */
const isName = (name: string) => name !== '' && !/^elementor-/.test(name)

const has = (set: Set<string>, { parts, whole }: Names) =>
  parts.some((part) => set.has(part)) || whole.some((name) => set.has(name))

export type Kind = 'furniture' | 'comments' | 'line' | 'story' | 'teaser' | 'author' | undefined

const isArticleBody = ({ attributes }: Element) =>
  /(?:^|\s)articleBody(?:\s|$)/i.test(attributes.itemprop ?? '')

/** WordPress tells in the classes of a post its categories, tags and authors. */
const isPost = ({ attributes }: Element) =>
  /(?:^|\s)(?:hentry|type-\w+|status-publish)(?:\s|$)/.test(attributes.class ?? '')

const memo = new WeakMap<Element, { kind: Kind }>()

/** What an element says that it is. */
export function kindOf(element: Element): Kind {
  const found = memo.get(element) ?? { kind: declaredKind(element) }
  memo.set(element, found)
  return found.kind
}

function declaredKind(element: Element): Kind {
  const { tag, attributes } = element
  if (isArticleBody(element)) return 'story'
  const names = namesOf(element)
  if (boilerplateTags.has(tag) || boilerplateRoles.has(attributes.role ?? ''))
    return has(commentNames, names) ? 'comments' : 'furniture'
  if (isPost(element)) return undefined
  if (has(commentNames, names)) return 'comments'
  if (has(storyNames, names) || names.whole.some((name) => storyPairs.test(name))) return 'story'
  // Posts of social networks in a story.
  if (names.parts.some((part) => /^(?:embeds?|embedded|tweet)$/.test(part))) return undefined
  if (has(boilerplateNames, names)) return 'furniture'
  if (has(teaserNames, names)) return 'teaser'
  if (has(authorNames, names)) return 'author'
  return has(lineNames, names) ? 'line' : undefined
}

const dialogs = words('cookie cookies consent gdpr popup modal overlay')

/** Whether an element lies over the page until it is answered. */
export const isDialog = (element: Element) => has(dialogs, namesOf(element))

const otherStories = words(`
  related relatedposts similar recommended recommendation recommendations recirculation recirc readmore morefrom readnext
  popular trending mostread outbrain taboola plista ligatus teaser teasers sidebar sidebars rail widget widgets newsletter menu nav navbar
`)

/** Whether an element says that it leads to other stories. */
export const isOtherStories = (element: Element) =>
  kindOf(element) !== undefined && has(otherStories, namesOf(element))

/** Whether an element in a paragraph is no part of it. */
export const isInlineBoilerplate = (element: Element) => has(inlineNames, namesOf(element))

/** Where a page keeps what readers wrote. */
export const isComments = (element: Element) =>
  /^(?:comments|disqus_thread)$/.test(element.attributes.id ?? '') ||
  ['comments', 'comment-list', 'comments-list', 'commentlist'].some((name) =>
    classesOf(element).includes(name)
  )
