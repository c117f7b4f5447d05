// Dates as pages print them.

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const month =
  '(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const lead =
  '(?:(?:published|posted|updated|date)(?: on)?:?\\s+)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?[.,]?\\s+)?'
const year = '(?<year>[12]\\d{3})'
const day = '(?<day>\\d{1,2})(?:st|nd|rd|th)?'
const time = '(?:,?\\s+(?:at\\s+)?\\d{1,2}[:.]\\d{2}(?:\\s*[ap]\\.?m\\.?)?(?:\\s+[A-Z]{2,5})?)?'
const forms = [
  `${month}\\s+${day},?\\s+${year}`,
  `${day}\\.?\\s+${month},?\\s+${year}`,
  '(?<year>[12]\\d{3})-(?<monthNumber>\\d{2})-(?<day>\\d{2})'
].map((form) => new RegExp(`^\\s*${lead}${form}${time}\\s*$`, 'i'))
const exact = /^[12]\d{3}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/

/** An instant read from a date line; `guessed` when the page gives the day alone. */
export interface Instant {
  at: string
  guessed: boolean
}

/** The instant this text is, from beginning to end; undefined when it is no date. */
export function instantOf(text: string): Instant | undefined {
  const printed = text.trim().slice(0, 100)
  if (exact.test(printed)) return instant(new Date(printed), false)
  // Google and Blogger write local times without a zone in the same form.
  const local = /^\d{4}-\d\d-\d\d(?=T)/.exec(printed)?.[0]
  const groups = forms.map((form) => form.exec(local ?? printed)?.groups).find((found) => found !== undefined)
  return groups && dayOf(groups)
}

function dayOf({ year, month, monthNumber, day }: Record<string, string | undefined>): Instant | undefined {
  const index = monthNumber ? Number(monthNumber) - 1 : months.indexOf(month!.slice(0, 3).toLowerCase())
  const date = new Date(Date.UTC(Number(year), index, Number(day)))
  return date.getUTCMonth() === index ? instant(date, true) : undefined
}

const instant = (date: Date, guessed: boolean): Instant | undefined =>
  Number.isNaN(date.getTime()) ? undefined : { at: date.toISOString(), guessed }
