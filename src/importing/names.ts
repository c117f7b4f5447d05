// Names of people and organizations, as pages print them.

const word = String.raw`(?:(?:\p{Lu}\.)+|(?:Dr|Mr|Mrs|Ms|Prof|Sen|Rep|Gov|Gen|Col|Capt|Lt|Sgt|Rev|St)\.|\p{Lu}[\p{L}\p{M}\p{N}&’'-]*)`
const between = '(?:(?:de|da|del|della|van|von|der|den|la|le|al|bin|ibn|di|du|of|of the|for|for the) )?'
/** The pattern of a name: capitalised words, the small words of names between them. */
export const namePattern = `${word}(?: ${between}${word}){0,7}`

// Capitalised only because a sentence begins with them, or not anybody's name.
const noNames = new Set(
  `A An The This That These Those It He She They We I You There Here His Her Their Our My Your Its Who What When
  Where Why How Which If In On At By For From To Of With As After Before During Since Until While Because But And Or
  So Yet Then Now Later Earlier Meanwhile However Still Also Once Not No Yes Some Many Most Few Several All Both Each
  One Two Three Four Five Six Seven Eight Nine Ten Last Next Both Critics Officials Sources People Asked Speaking
  According Under Over Despite Although Though Instead Today Yesterday Tomorrow Tonight Monday Tuesday Wednesday
  Thursday Friday Saturday Sunday January February March April May June July August September October November
  December Photo Photograph Read More`.split(/\s+/)
)
const titles = new Set(
  `Mr Mrs Ms Dr Prof Professor Mayor President Director Senator Sen Representative Rep Congressman Congresswoman
  Governor Gov Minister Secretary Judge Justice Captain Capt General Gen Colonel Col Lieutenant Lt Sergeant Sgt Officer
  Chief Sheriff Commissioner Chancellor Chairman Chairwoman Chair Ambassador Attorney Councillor Councilor Councilman
  Councilwoman King Queen Prince Princess Pope Bishop Archbishop Reverend Rev Sir Lady Lord Dame Deputy Inspector
  Superintendent Coach Spokesman Spokeswoman Premier Speaker Treasurer Editor Manager Principal Rabbi Imam`.split(
    /\s+/
  )
)
const organizations = new Set(
  `News Wire Times Post Press Journal Herald Tribune Radio TV Television Magazine Gazette Guardian Chronicle Observer
  Reuters Bloomberg Politico Telegraph Standard Mail Echo Broadcasting Inc Corp Ltd LLC Company Foundation Agency
  Ministry University College School Institute Council Police Party Union Committee Court Department Office Association
  Bank Board Bureau Authority Commission Congress Senate Parliament Government Administration House Hospital Group
  Network Society Trust Federation Organization Organisation Center Centre Service Services Fund Club`.split(
    /\s+/
  )
)
const outlets = new Set(
  `News Wire Times Post Press Journal Herald Tribune Radio TV Television Magazine Gazette Guardian Chronicle Observer
  Reuters Bloomberg Politico Telegraph Standard Mail Echo Broadcasting NBC ABC CBS CNN BBC NPR PBS AP AFP DPA ITV
  Sky`.split(/\s+/)
)

const bare = (word: string) => word.replace(/[.,]+$/, '')
const words = (name: string) => name.split(' ').map(bare)

export const isOutletName = (name: string) => words(name).some((word) => outlets.has(word))
export const isOrganizationName = (name: string) =>
  words(name).some((word) => organizations.has(word) || /^\p{Lu}{2,6}$/u.test(word))

/** The titles before a name ("former FBI Director") apart from the name; undefined when it names nobody. */
export function titled(printed: string): { title?: string; name: string } | undefined {
  const parts = printed.split(' ')
  if (noNames.has(bare(parts[0]!)) || /['’]s$/.test(printed)) return undefined
  const last = parts.findLastIndex((word, i) => i < parts.length - 1 && titles.has(bare(word)))
  const name = parts.slice(last + 1).join(' ')
  if (last < 0) return { name }
  // A person of an organization is not called by it.
  return { title: parts.slice(0, last + 1).join(' '), name: name.split(' of ')[0]! }
}

/** A name that stands in the text, with the title it is given there. */
export interface Mention {
  name: string
  title?: string
  at: number
}

/** Every name of two words or more in this text. */
export function mentions(text: string): Mention[] {
  const found: Mention[] = []
  for (const { 0: printed, index } of text.matchAll(new RegExp(namePattern, 'gu'))) {
    const person = withoutSmallWords(printed)
    if (person === undefined) continue
    const former = /\bformer $/i.test(text.slice(Math.max(0, index - 8), index)) ? 'former ' : ''
    const title = person.title && former + person.title
    if (person.name.includes(' ')) found.push({ ...person, title, at: index })
  }
  return found
}

/** "When Ana Example" names Ana Example. */
function withoutSmallWords(printed: string) {
  const parts = printed.split(' ')
  const first = parts.findIndex((word) => !noNames.has(bare(word)))
  return first < 0
    ? undefined
    : titled(
        parts
          .slice(first)
          .join(' ')
          .replace(/['’]s$/, '')
      )
}

/** The full names of a text, by their first and by their last word. */
export type Names = Map<string, Mention[]>

// So many people of one name are not told apart anyway.
const mostOfOneName = 20

/** Every full name of this text, each once for every title it is given. */
export function namesIn(text: string): Names {
  const names: Names = new Map()
  for (const mention of mentions(text)) {
    const parts = mention.name.split(' ')
    for (const word of new Set([parts[0]!, parts.at(-1)!])) {
      const known = names.get(word) ?? []
      const isNew = known.every(({ name, title }) => name !== mention.name || title !== mention.title)
      if (isNew && known.length < mostOfOneName) names.set(word, [...known, mention])
    }
  }
  return names
}

const endsOrBegins = (full: string, short: string) =>
  full.endsWith(` ${short}`) || full.startsWith(`${short} `)

/** The one full name a short one stands for; undefined when there is none, or more than one. */
export function fullName(short: string, names: Names): Mention | undefined {
  const parts = short.split(' ')
  const known = [...(names.get(parts.at(-1)!) ?? []), ...(names.get(parts[0]!) ?? [])]
  const fits = known.filter(({ name }) => endsOrBegins(name, short))
  const first = fits.find(({ title }) => title !== undefined) ?? fits[0]
  return fits.every(({ name }) => name === first?.name) ? first : undefined
}
