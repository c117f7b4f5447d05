// Dates as pages print them, in ten languages.

/** The first letters of the months, as many as tell them apart, in every language that writes so. */
const months = [
  'jan|ene|gen|janv',
  'feb|f[ée]v|febbr|fevr',
  'mar|mär|maer|maa|mrt',
  'apr|avr|abr',
  'may|mai|mag|mei|maj|mayo',
  'jun|juin|giu',
  'jul|juil|lug',
  'aug|ao[ûu]|ago',
  'sep|set',
  'oct|okt|ott|out',
  'nov',
  'dec|dez|d[ée]c|dic|des'
].map((names) => new RegExp(`^(?:${names})`, 'i'))
const names = String.raw`(?<month>\p{L}{3,10})\.?`
const year = String.raw`(?<year>[12]\d{3})`
const day = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th|er|º|\.)?`
const zone = String.raw`(?:\s*\(?(?<zone>Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?(?!\d)|[A-Z]{2,5}(?![\p{L}]))\)?)?`
const minutes = String.raw`(?:[:.]|\s?h\s?)(?<minute>\d{2})(?::(?<second>\d{2})(?:[.,]\d{1,9})?)?`
const hourAlone = String.raw`(?=\s?(?:h|heures?|uhr|[ap]\.?\s?m)(?![\p{L}\d]))`
const time = String.raw`(?:,?\s*(?:at|um|à|a las|alle|kl\.?|om|às|ore|[-–—|•·,])?\s*(?<hour>\d{1,2})(?:${minutes}|${hourAlone})(?:\s*(?<half>[ap])\.?\s*m\b\.?)?(?:\s*(?:uhr|heures?|h)(?![\p{L}\d]))?${zone})?`
const of = String.raw`(?:\s+(?:de|del|of))?\s*,?\s*[-.\s]?\s*`
const dateForms = [
  String.raw`${names}\s+${day},?\s+${year}`,
  `${day}${of}${names}${of}${year}`,
  String.raw`(?<year>[12]\d{3})[-/.](?<number>\d{1,2})[-/.](?<day>\d{1,2})`,
  String.raw`(?<first>\d{1,2})(?<mark>[./-])(?<other>\d{1,2})[./-](?<year>[12]\d{3})`
].map((form) => new RegExp(String.raw`(?<![\p{L}\d/.-])${form}(?!\d)(?:T|\s+T)?${time}`, 'iu'))
const isoInstant = /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/
/** What may stand before a date on a line of its own. */
const beforeDate =
  /^(?:(?:first |last )?(?:published|posted|updated|created|date|stand|veröffentlicht|erstellt|publié|publicado|pubblicato|gepubliceerd|publisert|publicerad|udgivet)(?: (?:on|am|le|el|il|op|den))?:?\s+|on\s+|am\s+|le\s+)?(?:\p{L}{2,10}(?:-feira)?[.,]{0,2}\s+(?:(?:the|den|le|el|il)\s+)?)?$/iu
/** The zones that mail knows (RFC 5322, 4.3), and those that news pages write. */
const zones: Record<string, number> = {
  Z: 0,
  UTC: 0,
  GMT: 0,
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  CET: 60,
  CEST: 120,
  MEZ: 60,
  MESZ: 120,
  BST: 60,
  WET: 0,
  WEST: 60,
  EET: 120,
  EEST: 180,
  AEST: 600,
  AEDT: 660,
  JST: 540
}

/** An instant read from a date line; `guessed` when the page gives the day alone. */
export interface Instant {
  at: string
  guessed: boolean
}

/** The instant this text is, from beginning to end; undefined when it is no date. */
export function instantOf(text: string): Instant | undefined {
  const printed = text.trim().slice(0, 120)
  if (isoInstant.test(printed)) return instant(Date.parse(printed), false)
  for (const form of dateForms) {
    const found = form.exec(printed)
    if (
      !found ||
      !beforeDate.test(printed.slice(0, found.index)) ||
      !mayFollowDate(printed.slice(found.index + found[0].length))
    )
      continue
    const read = dateIn(found.groups!)
    if (read) return read
  }
  return undefined
}

/** The date that stands somewhere in these words; undefined when there is none. */
export function dateWithin(text: string): string | undefined {
  for (const form of dateForms) {
    const found = form.exec(text)
    if (found && dateIn(found.groups!)) return found[0].trim()
  }
  return undefined
}

/** After a date: nothing, an hour without figures, another date, or who wrote. */
const mayFollowDate = (rest: string) =>
  /^(?:\s+(?:at|à)\s+(?:noon|midnight|midi|minuit))?[\s.,)|•·–—-]*(?:$|(?:by|von|par|por|updated|last|aktualisiert|mis à jour|\d+ (?:comments?|kommentare?))\b.*$|[|•·–—/(,].*$)/isu.test(
    rest
  )

function dateIn(groups: Record<string, string | undefined>): Instant | undefined {
  const [month, day] = monthAndDay(groups)
  if (month < 0 || month > 11 || !day) return undefined
  const date = new Date(Date.UTC(Number(groups.year), month, day))
  if (date.getUTCMonth() !== month || date.getUTCDate() !== day) return undefined
  const offset = offsetOf(groups.zone)
  const minutes = minutesIn(groups)
  if (minutes === undefined || offset === undefined) return instant(date.getTime(), true)
  return instant(date.getTime() + ((minutes - offset) * 60 + Number(groups.second ?? 0)) * 1000, false)
}

/** The minutes since the day began; 24:00 is its end (ISO 8601). Undefined for what is no time of a day. */
function minutesIn({ hour, minute = '0', half }: Record<string, string | undefined>): number | undefined {
  if (hour === undefined || Number(minute) > 59) return undefined
  const hours = half ? (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hour)
  const minutes = hours * 60 + Number(minute)
  return minutes > 24 * 60 ? undefined : minutes
}

function monthAndDay({
  month,
  day,
  number,
  first,
  mark,
  other
}: Record<string, string | undefined>): [month: number, day: number] {
  if (month) return [months.findIndex((names) => names.test(month)), Number(day)]
  if (number) return [Number(number) - 1, Number(day)]
  // Only America writes the month first, and with a slash.
  const isMonthFirst = mark === '/' && Number(first) <= 12 && Number(other) > 12
  return isMonthFirst ? [Number(first) - 1, Number(other)] : [Number(other) - 1, Number(first)]
}

function offsetOf(zone: string | undefined): number | undefined {
  const numbers = /^(?<sign>[+-])(?<hours>\d\d):?(?<minutes>\d\d|)$/.exec(zone ?? '')?.groups
  if (numbers) return Number(`${numbers.sign}1`) * (Number(numbers.hours) * 60 + Number(numbers.minutes))
  return zones[zone?.toUpperCase() ?? '']
}

const instant = (time: number, guessed: boolean): Instant | undefined =>
  Number.isNaN(time) ? undefined : { at: new Date(time).toISOString(), guessed }
