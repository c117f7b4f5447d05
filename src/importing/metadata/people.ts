// Names of people in bylines, apart from the words around them.

import { type Element, wordsIn } from '../../content/body/html/tree.ts'
import { folded } from '../../content/body/text.ts'

const jobs =
  '(?:staff |senior |chief |managing |contributing |freelance )?(?:writers?|reporters?|editors?|correspondents?|columnists?|contributors?|journalists?|journalistes?|photographers?|producers?|redakteur(?:in)?|chefredakteur(?:in)?|redaktion|korrespondent(?:in)?|journalist(?:in)?|autor(?:in)?|redactora?|periodista)'
const label =
  '(?:posted|published|written|reported|story|texts?|words|article|review|interview|analysis|opinion|geschrieben|verfasst|veröffentlicht|ein (?:gast)?(?:beitrag|artikel|kommentar)|gastbeitrag|publié|escrito|scritto|geschreven|skrevet|skriven|redaktion|foto(?:s)? und text|text und fotos?)'
/** What may stand before the names of a byline. */
const lead = new RegExp(
  String.raw`^[\s•·|:–—,-]*(?:(?:view|see|show|read|zeige)?\s*all[e]?\s(?:posts|articles|stories|beiträge|artikel)\s(?=by|von)|(?:(?:about the|über den|über die|sobre el|à propos de l['’])\s*)?(?:autor(?:in|en)?|authors?|auteurs?)\b[\s:–-]*|${label}(?:\s*:\s*|\s+(?=(?:by|on|am|le|el|von|par|por|door|di|av|af)\b)))?(?:(?:on|am|le|el)\s(?:[^,\s]+,?\s){1,5}?(?=(?:by|von|par|por)\b))?(?:(?:by|von|par|por|di|door|av|af)\b[\s:]*)?`,
  'iu'
)
/** What may follow them. */
const tail =
  /\s+(?:(?:publi[sz]\w+|updated|aktualisiert|posted|veröffentlicht|publié|publicado|last modified|follow|anzeigen|ansehen)\b.*|(?:illustration|fotos?|photos?|bilder|bild)\s(?:von|by)\b.*|(?:on|am|le|in|for|für)\s.*\d.*)$/iu
const job = new RegExp(
  String.raw`\b(?:${jobs}|staff|admin|administrator|team|news desk|newsroom|editorial|bureau|published|updated|no author|unknown|anonymous|gast|guest)$`,
  'iu'
)
const trailingJob = new RegExp(String.raw`(?<=\p{L}{2} \p{L}{2,}),?\s+(?:${jobs})$`, 'iu')
const degree = /,?\s+(?:ph\.?\s?d\.?|m\.?d\.?|mba|msc|rd|rn|jd|esq\.?)(?=\s*(?:,|;|$|\band\b|\bund\b))/giu
const joint = /\s*(?:,|;|\||•|·|\n|\/|\s&\s|\s(?:and|und|et|y|e|en|og|och|with|mit)\s)\s*/iu
const particle = /^(?:de|da|del|della|di|du|dos|la|le|van|von|der|den|ter|ten|zu|af|al|bin|ibn|el|y|e)$/

/** "By Ann Lee and Bob Ray, Staff Writers": two people. */
export function peopleIn(printed: string): string[] {
  if (URL.canParse(printed) || printed.length > 300) return []
  const bare = printed
    .replace(lead, '')
    .replace(/\([^()]*\)|<[^<>]*>|\S+@\S+\.\S+/g, ' ')
    .replace(degree, '')
    .replace(tail, '')
  return bare
    .split(joint)
    .map((name) =>
      name
        .replace(lead, '')
        .replace(/^[\s"'.:–—-]+|[\s"':–—-]+$/g, '')
        .replace(/\s+/g, ' ')
        .replace(trailingJob, '')
    )
    .filter(isPerson)
}

const isPerson = (name: string) => {
  const words = name.split(' ')
  return (
    name.length >= 2 &&
    words.length <= 6 &&
    !job.test(name) &&
    !/\bauthor\b/i.test(name) &&
    !/\d{2}|https?:|www\.|[@{}[\]#]/.test(name) &&
    /\p{L}/u.test(name) &&
    words.every(
      (word) => /^[\p{Lu}\p{Lo}\p{N}'’"„“(]/u.test(word) || particle.test(word) || words.length === 1
    )
  )
}

const nobody =
  /^(?:admin(?:istrator)?|no author|unknown|anonymous|author|autor|redaktion|editor|staff|web ?master|root|user|guest|gast|null|undefined|none|n\/a)$/i

/** The names that a page gives as those of its authors in as many words: they need not look like names of people. */
export function statedNames(stated: string): string[] {
  const people = peopleIn(stated)
  if (people.length > 0) return people
  const name = stated.replace(/^(?:by|von|par|por)\s+/i, '').trim()
  const isName = name.length >= 2 && name.length <= 80 && /\p{L}/u.test(name) && name.split(' ').length <= 6
  return isName && !nobody.test(name) && !/https?:|www\.|[@{}[\]<>]/.test(name) ? [name] : []
}

const person = String.raw`\p{Lu}[\p{L}.'’-]+(?:\s(?:(?:de|da|del|della|di|van|von|der|den|al|la|le)\s)?\p{Lu}[\p{L}.'’-]*){1,4}`
const people = String.raw`(?<names>${person}(?:(?:,\s|,?\s(?:and|und|et|y|e|&|og|och|en)\s)${person}){0,6})`
const kind =
  '(?:(?:An?|Ein|Eine|Une?|Un|Una|Blog|Exclusive|Guest)\\s){0,2}(?:[Tt]exte?|[Ii]nterview|[Ee]ntrevista|[Ee]ntretien|(?:[Gg]ast|[Bb]log)?-?[Bb]eitrag|[Kk]ommentar|[Kk]olumne|[Aa]nalyse|[Ee]ssay|[Bb]ericht|[Rr]eportage|[Rr]ezension|(?:[Gg]ast)?[Aa]rtikel|[Aa]rticle|[Ss]tory|[Ww]ritten|[Pp]osted|[Pp]ublished|[Ww]ords|[Rr]eview|[Oo]pinion|[Cc]olumn|[Rr]eported|[Vv]eröffentlicht|[Gg]eschrieben|[Vv]erfasst|[Pp]ublié|[Ee]scrito|[Ss]critto|[Gg]eschreven)'
/** "By Ann Lee", "Ein Interview von Ann Lee mit", "Autorin: Ann Lee, Kranfahrerin": with nothing but that in the line. */
const phrases = [
  String.raw`^[\s•·|:–—-]*(?:(?:${kind})\s+)?(?:(?:[Oo]n|[Aa]m|[Ll]e)\s(?:[^,\s]+,?\s){1,5}?)?(?:[Bb]y|BY|[Vv]on|VON|[Pp]ar|[Pp]or|[Dd]oor|[Dd]i|[Aa]v|[Aa]f)\b\s?:?\s*${people}(?=$|[\s.,;|•·(–—-])`,
  String.raw`^[\s•·|:–—-]*(?:[Aa]utor(?:in|en)?|AUTOR|[Aa]uthors?|[Aa]uteurs?|[Tt]exte?|[Ww]ords|[Rr]edaktion|[Rr]eporter|[Bb]ericht|[Ii]nterview)\s?:\s*${people}(?=$|[\s.,;|•·(–—-])`
].map((phrase) => new RegExp(phrase, 'u'))

/** The names in a line that tells who wrote. */
export function byPhrase(line: string): string[] {
  for (const phrase of phrases) {
    const names = phrase.exec(line)?.groups?.names
    if (names) return peopleIn(names)
  }
  return []
}

const onlyPerson = new RegExp(`^${person}$`, 'u')

/** The name that a story is signed with: a line of its own, in bold or italics. */
export function signature(element: Element): string[] {
  const line = folded(wordsIn(element))
  const inner = element.children.filter((child) => typeof child !== 'string' || child.trim() !== '')
  const [only] = inner
  const isSet = inner.length === 1 && typeof only === 'object' && /^(?:b|strong|em|i)$/.test(only.tag)
  return isSet && onlyPerson.test(line) ? peopleIn(line) : []
}
