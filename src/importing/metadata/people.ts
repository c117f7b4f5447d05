// Names of people in bylines, apart from the words around them.

import { type Element, wordsIn } from '../../content/body/html/tree.ts'
import { collapseSpace } from '../../content/body/text.ts'
import { isOutletName } from '../speech/grammar/names.ts'

const jobs =
  '(?:staff |senior |chief |managing |contributing |freelance )?(?:writers?|reporters?|editors?(?:[ -]in[ -]chief)?|correspondents?|columnists?|contributors?|(?:photo)?journalists?|journalistes?|(?:copy|screen|speech|song)writers?|subeditors?|photographers?|producers?|redakteur(?:in)?|chefredakteur(?:in)?|redaktion|korrespondent(?:in)?|journalist(?:in)?|autor(?:in)?|redact(?:or|ora|eur|rice)|rédact(?:eur|rice)|periodista|jornalista|giornalista|redaktør|redaktör|reporterin|fotograf(?:in)?|verslagge(?:ver|efster)|correspondante?|corresponsal|korrespondente[nr]?|kommentator)'
const made =
  '(?:posted|published|written|reported|story|texts?|words|article|review|interview|analysis|opinion|geschrieben|verfasst|veröffentlicht|ein (?:gast)?(?:beitrag|artikel|kommentar)|gastbeitrag|publié|escrito|scritto|geschreven|skrevet|skriven|rédigé|publisert|publicerad|redaktion|tekst(?: og foto)?|testo|texto|reportage|reportasje|foto(?:s)? und text|text und fotos?)'
/** What may stand before the names of a byline. */
const beforeNames = new RegExp(
  String.raw`^[\s•·|:–—,-]*(?:(?:view|see|show|read|zeige)?\s*all[e]?\s(?:posts|articles|stories|beiträge|artikel)\s(?=by|von)|(?:(?:about the|über den|über die|sobre el|à propos de l['’])\s*)?(?:autor(?:in|en)?|authors?|auteurs?)\b[\s:–-]*|${made}(?:\s*:\s*|\s+(?=(?:by|on|am|le|el|von|par|por|door|di|av|af)\b)))?(?:(?:on|am|le|el)\s(?:[^,\s]+,?\s){1,5}?(?=(?:by|von|par|por)\b))?(?:(?:by|von|par|por|di|door|av|af)\b[\s:]*)?(?:unsere[mrn]\s|our\s)?(?:(?!redaktion)${jobs}\s(?=\p{Lu}\p{Ll}+\s\p{Lu}))?`,
  'iu'
)
/** What may follow them. */
const afterNames =
  /\s+(?:(?:publi[sz]\w+|updated|aktualisiert|posted|veröffentlicht|publié|publicado|last modified|follow|anzeigen|ansehen)\b.*|(?:illustration|fotos?|photos?|bilder|bild)\s(?:von|by)\b.*|(?:on|am|le|in|for|für)\s.*\d.*)$/iu
const job = new RegExp(
  String.raw`\b(?:${jobs}|staff|admin|administrator|team|news desk|newsroom|editorial|bureau|published|updated|no author|unknown|anonymous|gast|guest)$`,
  'iu'
)
const trailingJob = new RegExp(String.raw`(?<=\p{L}{2} \p{L}{2,}),?\s+(?:${jobs})$`, 'iu')
const jobTitle = new RegExp(String.raw`\b(?:${jobs}|staff)$`, 'iu')
const bareJobTitle = new RegExp(`^(?:${jobs}|staff|mp|mep|msp)$`, 'iu')
const degree =
  /,?\s+(?:ph\.?\s?d\.?|m\.?d\.?|mba|msc|rd|rn|jd|esq\.?|mp|mep|msp|obe|cbe|mbe|kc|qc)(?=\s*(?:,|;|$|\band\b|\bund\b))/giu
const nameSeparator =
  /\s*(?:[,;|•·\n/]\s*(?:(?:and|und|et|og|och|&)\s)?|\s&\s|\s(?:and|und|et|y|e|en|og|och|with|mit)\s)\s*/iu
/** "Ann Lee, Jr.": no second name. */
const suffix = /,(?=\s+(?:[JS]r\b|I{2,3}\b|IV\b))/g
const particle = /^(?:de|da|del|della|di|du|dos|la|le|van|von|der|den|ter|ten|zu|af|al|bin|ibn|el|y|e)$/

/** "By Ann Lee and Bob Ray, Staff Writers": two people. */
export function peopleIn(printed: string): string[] {
  if (URL.canParse(printed) || printed.length > 300) return []
  const bare = printed
    .replace(beforeNames, '')
    .replace(/\([^()]*\)|<[^<>]*>|\S+@\S+\.\S+|(?<!\S)@\w+/g, ' ')
    .replace(degree, '')
    .replace(suffix, '')
    .replace(afterNames, '')
  const names = bare
    .split(nameSeparator)
    .map((name) =>
      name
        .replace(beforeNames, '')
        .replace(/^[\s"'.:–—-]+|[\s"':–—-]+$/g, '')
        .replace(/\s+/g, ' ')
        .replace(trailingJob, '')
        .replace(inPlace, '')
    )
    .filter(isPerson)
  const isPlaced = endsInPlace.test(bare) && !isJobTitle(bare) && !isWholeOrOutlet(names.at(-1))
  const others = names.slice(0, -1)
  return isPlaced && others.length > 0 && others.every((name) => name.includes(' ')) ? others : names
}

const isWholeOrOutlet = (name = '') => name.includes(' ') || isOutletName(name)

/** "Ann Lee, Berlin", "Ana Ray en Madrid": where those wrote from whose whole names stand before. */
const endsInPlace = /(?:,|\sen)\s+\p{Lu}\p{Ll}+\s*$/u
/** "Ann Lee in New York", "Sean O’Brien in Dublin" */
const inPlace = /(?<=[\p{L}.] \p{L}[\p{L}.'’-]*)\s(?:in|from|aus|à)\s\p{Lu}.*$/u

const isPerson = (name: string) => {
  const words = name.split(' ')
  return (
    name.length >= 2 &&
    words.length <= 6 &&
    !job.test(name) &&
    !notPeople.test(name) &&
    !/\bauthor\b|^\p{L}+(?:in|er|or) (?:der|des|bei|beim|am|im)\b/iu.test(name) &&
    !/\d{2}|https?:|www\.|[@{}[\]#]/.test(name) &&
    /\p{L}/u.test(name) &&
    words.every(
      (word) =>
        /^(?:(?:d|l|dell|dall|all)['’]|(?:al|el)-)?[\p{Lu}\p{Lo}\p{N}'’"„“(]/u.test(word) ||
        particle.test(word) ||
        words.length === 1
    )
  )
}

/** Whether these words are a job: "Harbour Correspondent". */
export const isJobTitle = (words: string) => jobTitle.test(words)

/** Whether they are that and nothing else, which no name is: "Staff Writer", and not "Cy Writer". */
export const isBareJobTitle = (words: string) => bareJobTitle.test(words)

const house =
  /(?:^|[\s.-])(?:e\.?\s?v\.?|gmbh|ag|inc\.?|llc|ltd\.?|s\.?a\.?|redaktion(?:en)?|redaksjonen|redacción|rédaction|redazione|redakcja|redactie|newsroom|newsdesk|desk|staff|team|stiftung|verlag|magazin|magazine|zeitung|nachrichten|news|media|medien|online|press|presse|agentur|agency|institut|institute|verband|verein|universität|university|foundation|company|group|blog|radio|tv|museum|ministerium|ministry|association|office|service|times|post|herald|tribune|journal|gazette)(?=$|[\s.-])/i
/** Whether a name is that of a person in full: of two words or more, and of no house. */
export const isWholeName = (name: string) => /^\p{Lu}.*\s\p{Lu}/u.test(name) && !house.test(name)

const notPeople =
  /^(?:admin(?:istrator)?|no author|unknown|anonymous|author|autor|redaktion|editor|staff|web ?master|root|user|guest|gast|null|undefined|none|n\/a|updated|published|posted|gesponserte inhalte|sponsored content)$/i

/** The names that a page gives as those of its authors in as many words: they need not look like names of people. */
export function statedNames(stated: string): string[] {
  const people = peopleIn(stated)
  if (people.length > 0) return people
  const name = stated.replace(/^(?:by|von|par|por)\s+/i, '').trim()
  const isName = name.length >= 2 && name.length <= 80 && /\p{L}/u.test(name) && name.split(' ').length <= 6
  return isName && !notPeople.test(name) && !isBareJobTitle(name) && !/https?:|www\.|[@{}[\]<>]/.test(name)
    ? [name]
    : []
}

/** "Keel, Ada B." as catalogues and their metadata write it: Ada B. Keel. Other lists of names stay. */
export const nameInOrder = (stated: string): string =>
  isOutletName(stated)
    ? stated
    : stated.replace(
        /^\s*((?:\p{Ll}+ )*\p{Lu}[\p{L}'’-]*),\s+((?![JS]r\b)\p{Lu}(?=\.|\p{Ll})[\p{L}.'’ -]*?)\s*$/u,
        '$2 $1'
      )

const person = String.raw`\p{Lu}[\p{L}.'’-]+(?:\s(?:(?:de|da|del|della|di|van|von|der|den|al|la|le)\s|(?:al|el)-)?\p{Lu}[\p{L}.'’-]*){1,4}`
const people = String.raw`(?<names>${person}(?:(?:,\s|,?\s(?:and|und|et|y|e|&|og|och|en)\s)${person}){0,6})`
const kind =
  '(?:(?:An?|Ein|Eine|Une?|Un|Una|Blog|Exclusive|Guest)\\s){0,2}(?:[Tt]exte?|[Ii]nterview|[Ee]ntrevista|[Ee]ntretien|(?:[Gg]ast|[Bb]log)?-?[Bb]eitrag|[Kk]ommentar|[Kk]olumne|[Aa]nalyse|[Ee]ssay|[Bb]ericht|[Rr]eportage|[Rr]ezension|(?:[Gg]ast)?[Aa]rtikel|[Aa]rticle|[Ss]tory|[Ww]ritten|[Pp]osted|[Pp]ublished|[Ww]ords|[Rr]eview|[Oo]pinion|[Cc]olumn|[Rr]eported|[Vv]eröffentlicht|[Gg]eschrieben|[Vv]erfasst|[Pp]ublié|[Ee]scrito|[Ss]critto|[Gg]eschreven)'
const said = '(?:[Bb]y|BY|[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR|[Dd]oor|DOOR|[Dd]i|DI|[Aa]v|AV|[Aa]f|AF)'
const start = String.raw`(?:^|^[^|•·]{1,60}[|•·])[\s•·|:–—-]*`
const end = String.raw`(?=$|[\s.,;|•·(–—-])`
const whose = String.raw`(?:(?:unsere[mrn]|our|UNSERE[MRN])\s)?(?:\p{L}{2,30}\s)?`
/** "By Ann Lee", "Ein Interview von Ann Lee mit", "Autorin: Ann Lee, Kranfahrerin": with nothing but that in the line. */
const phrases = [
  String.raw`${start}(?:(?:${kind})\s+)?(?:(?:[Oo]n|[Aa]m|[Ll]e)\s(?:[^,\s]+,?\s){1,5}?)?${said}\b\s?:?\s*(?:${whose}(?<=\s(?:unser|our)\p{L}*\s\p{L}+\s))?${people}${end}`,
  String.raw`${start}(?:[Aa]utor(?:in|en)?|AUTOR|[Aa]utore|[Aa]uthors?|[Aa]uteurs?|[Tt]ek?ste?n?|[Tt]exte?|TE[XK]S?T|[Tt]exto|[Tt]esto|[Ww]ords|[Rr]edaktion|[Rr]eporter|[Bb]ericht|[Ii]nterview|[Jj]ournalist|[Ff]orfatter|[Tt]ext (?:und|och) [Ff]otos?|[Tt]ekst (?:og|en) [Ff]oto)\s?:\s*${people}${end}`
].map((phrase) => new RegExp(phrase, 'u'))
const genre = new RegExp(String.raw`^[\s•·|:–—-]*(?:${kind})\s+${said}\b\s?:?\s*${people}${end}`, 'u')

/** The names in a line that tells who wrote. */
export function byPhrase(line: string): string[] {
  for (const phrase of phrases) {
    const names = phrase.exec(line)?.groups?.names
    if (names) return peopleIn(names)
  }
  return []
}

/** The names in a line that tells of what kind the story is, and who wrote it. */
export const genrePhrase = (line: string): string[] => peopleIn(genre.exec(line)?.groups?.names ?? '')

const label =
  /^[\s•·|:–—-]*(?:(?:written |posted |published |words |story |geschrieben |verfasst |escrito |scritto |geschreven |skrevet |skriven |écrit |publié |ein (?:\p{L}+ )?)?(?:by|von|par|por|door|di|av|af)|autor(?:in|en|es|a)?|autor(?:\*|:|\/-?)in(?:nen)?|author(?:s|\(s\))?|auteure?s?|autore|autori|text|tekst|texte|texto|testo|words|forfatter|författare|skribent|journalist)\s*:?\s*$/iu

/** Whether a line says no more than that who wrote comes next. */
export const isLabel = (line: string) => label.test(line)

const ofLink = new RegExp(
  String.raw`^${said}\s+(?<name>.{2,60}?)(?:$|[,|•·–—]|\s(?:am|on|le|el|il|den|op|om|at)\s|\s\d)`,
  'u'
)

/** The name after "by" in a line, of whatever letters. */
export const nameAfterBy = (line: string): string | undefined => ofLink.exec(line)?.groups?.name

const onlyPerson = new RegExp(`^${person}$`, 'u')

/** The name that a story is signed with: a line of its own, in bold or italics. */
export function signature(element: Element): string[] {
  const line = collapseSpace(wordsIn(element))
  return isSet(element) && onlyPerson.test(line) ? peopleIn(line) : []
}

/** Whether all words of an element are bold, or in italics. */
function isSet({ children }: Element): boolean {
  const inner = children.filter((child) => typeof child !== 'string' || child.trim() !== '')
  const [only] = inner
  return inner.length === 1 && typeof only === 'object' && /^(?:b|strong|em|i)$/.test(only.tag)
}
