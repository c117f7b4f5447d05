// The words that credit lines are written with.
import { isOrganizationName, isOutletName } from '../speech/grammar/names.ts'

const kindOfPicture =
  '(?:(?:file|stock|handout|staff|symbol|archiv)[ -]?)?(?:photo(?:graph)?(?:y|ie|s)?|picture|pic|image|video|illustration|graphic|screenshot|foto(?:s|graf[ií]as?|grafie)?|bilde?(?:quelle|rechte|nachweis)?|imagen|immagine|imagem|beeld|abbildung|grafik|bildquelle|fotocredit)s?'
/** How a credit begins: "Photo by", "Foto:", "Crédit photo :", "©". */
export const creditWords = String.raw`(?:(?:${kindOfPicture})(?:\s+(?:by|credits?|courtesy(?: of)?|von|par|de|door|av|af|di|por)\b\s*:?|\s*[:/©]\s*(?=[\p{L}@©]|[^\p{L}]*$)|\s+(?=(?-i:\p{Lu}\p{Ll}+ \p{Lu})))|(?:image|photo|picture|foto|bild)?\s?(?:credits?|cr[ée]dit(?:o|os|s)?(?: photo)?|quelle|source|fuente|fonte|kilde|källa|bron|copyright|urheber|photographer|fotograf(?:in)?|photographe|fot[óo]graf[oa]?)\s*[:©/]|©\s*(?:foto|photo|bild|copyright)?\s*:?|\(c\)\s|courtesy(?: of)?\s|handout\s*[:/]|file\s*:|archiv\s*:)`

const words = (list: string) => new Set(list.split(' '))
/** News agencies and libraries of pictures whose names do not say that they are. */
const agencies = words(
  'ap afp epa dpa pa apa anp ansa efe lusa ntb tt ritzau belga keystone reuters getty gettyimages shutterstock istock istockphoto imago alamy unsplash pexels pixabay flickr wikimedia wikipedia bloomberg xinhua tass sipa zuma magnum corbis fotolia adobestock adobe dreamstime depositphotos rex upi cp kna epd ddp action-press picture-alliance privat private nasa noaa esa youtube instagram facebook twitter handout pixelio'
)
const ends =
  /\b(?:images?|agenc(?:y|e|ia)|agentur|wire|photos?|pictures|press|presse|news|stock|commons|alliance|library|archive[s]?|archiv|museum|foundation|university|universität|institute|institut|gmbh|ag|inc\.?|ltd\.?|llc|studios?|productions?|films?|group|police|polizei|times|post|courier|daily|guard|office|space|foto|bild|verlag)$/i
const starts =
  /^(?:picture alliance|agence|agencia|agenzia|agentur|museum|university|universität|ministry|ministerium|the associated|associated press|stadt|city of|land|nasa|(?-i:[Tt]he\s\p{Lu}))/iu

/** Whether a name is that of whoever supplies pictures, as far as it says so. */
export function isAgency(name: string): boolean {
  const bare = name
    .replace(/^the /i, '')
    .replace(/\.(?:com|de|org|net)$/i, '')
    .trim()
  const [first] = bare.toLowerCase().split(/[\s-]/)
  if (agencies.has(bare.toLowerCase()) || (agencies.has(first!) && !/\s\p{Lu}\p{Ll}+\s\p{Lu}/u.test(bare)))
    return true
  if (/^\p{Lu}{2,6}$/u.test(bare) || /\.(?:com|de|org|net)$/i.test(name) || /^@/.test(bare)) return true
  if (
    ends.test(bare) ||
    starts.test(name) ||
    /\p{Ll}(?:Media|Photos?|Pictures|Images|Press|Stock|Foto|Bild)$/u.test(bare)
  )
    return true
  return isOutletName(bare) || isOrganizationName(bare)
}

const particle = /^(?:de|da|del|della|di|du|la|le|van|von|der|den|al|bin|ibn|el|y|e)$/
/** Whether these words look like the name of a person: some words with capitals, and the small words of names. */
export const isPersonName = (name: string) => {
  const words = name.split(/\s+/)
  return (
    words.length >= 2 &&
    words.length <= 5 &&
    words.every((word) => /^\p{Lu}[\p{L}.'’-]*$/u.test(word) || particle.test(word))
  )
}

const lead = new RegExp(
  String.raw`^[\s([]*(?:${creditWords}|by\s|von\s|par\s|credits?(?:\s*(?:\.{3}|…)|\s|(?=(?-i:\p{Lu}))))\s*`,
  'iu'
)
const licence =
  /,?\s*\(?\b(?:unsplash|pixabay|pexels)[ -]li[cz]en[sz]e?\b\)?|,?\s*\(?\bCC(?:[ -](?:BY|0|ZERO|PD|Lizenz|license))?(?:[ -](?:BY|SA|NC|ND))*(?:\s\d\.\d)?\b\)?,?/gi
const rights =
  /[,.]?\s*(?:all rights(?: reserved)?\b|alle rechte vorbehalten|tous droits réservés|(?<![\p{L}\d])(?:19|20)\d\d(?!\d|\s*e\.\s?V)(?:\s*[-–]\s*(?:19|20)\d\d)?|(?:file|archive?)(?:\s(?:photo|image))?\s*$)\.?/giu

/** A credit line without the words for a credit, licences, years and rights. */
export function creditNames(line: string): string {
  let words = line
    .trim()
    .replace(/^[([]+|[)\]]+$/g, (brackets) =>
      brackets.length &&
      line.includes('(') &&
      brackets.startsWith(')') &&
      /\([^)]*\)$/.test(line) &&
      !/^[([]/.test(line.trim())
        ? brackets
        : ''
    )
  words = words.replace(licence, ' ').replace(rights, (found) => (/\d/.test(found) ? ' / ' : ' '))
  for (let before = ''; before !== words; ) {
    before = words
    words = words.replace(lead, '')
  }
  return words
    .replace(/^\s*(?:the\s(?=\p{Lu}))/iu, (the) => the.trimStart())
    .replace(/\s{2,}/g, ' ')
    .replace(/^[\s/,:;|–-]+|[\s/,:;|–-]+$/g, '')
}
