// Embargoes, as press releases print them on a line of their own.
import { dateWithin, type Instant, instantOf } from './dates.ts'

/** What such a line begins with, in the languages whose dates are read. */
const notice =
  /^[^\p{L}\p{N}]*(?:(?:strict|strictly|streng)\s+)?(?:(?:under\s+|sous\s+)?(?:strict\s+)?embargo(?:ed|ado|ato)?(?:\s*[:–—]|\s+-\s|\s+(?:until|till?|to|for|bis|jusqu\S+|hasta|até|fino|tot|til)\b|\s+(?=\d?\d[:.]?\d\d\b)|\s*$)|sperr(?:e)?frist\b|(?:not|no)\s+(?:for|to\s+be)\s+(?:publication|publish|release|broadcast|use)\w*\s+(?:before|until)\b|ne\s+pas\s+(?:publier|diffuser)\s+avant\b|for\s+release\b)/iu
/** What may be a headline, too, where it says neither day nor hour: "Embargo: what it means". */
const maybeHeadline = /^[^\p{L}]*(?:for|FOR|For|embargo|Embargo)\b|(?:[–—]|-\s|\b(?:to|TO|for|FOR))$/u
/** "10am", "00:01", "0001hrs" */
const timeOfDay = /(?<!\d)\d{1,2}(?:[:.]\d{2}\b|(?:\d{2})?\s?(?:[ap]\.?m\b|hrs\b|uhr\b))/iu
/** "9/11/2026": nobody knows which is the month. */
const ambiguous = /^(?!(?<day>\d{1,2})\/\k<day>\/)(?:0?[1-9]|1[0-2])\/(?:0?[1-9]|1[0-2])\//
/** "00.01 GMT on Monday ", "0001hrs, ", "6 a.m. EST, " before a date. */
const timeFirst =
  /(?<![\d.:])(?<hour>\d{1,2}?)(?:[:.h]?(?<minute>\d{2}))?\s?(?:(?<half>[ap])\.?\s?m\b\.?|hrs\b|hours\b|uhr\b)?\s*\(?(?<zone>[A-Z]{1,5})?\)?[\s,]*(?:(?:on|am|le)\s+)?(?:\p{L}{3,10}\.?,?\s+)?$/iu
/** The letters that may stand beside notice and date: hours, weekdays, zones. */
const fewLetters = 40
const hour = 3_600_000

export interface Embargo {
  /** Until when; undefined where the line gives no date that can be read. */
  until: string | undefined
  /** Whether its time or its zone is not said, so that the day has to be over everywhere. */
  guessed: boolean
}

/** The embargo that this line is, and nothing else; undefined for any other line. */
export function embargoIn(line: string): Embargo | undefined {
  const found = line.length <= 200 ? notice.exec(line)?.[0] : undefined
  if (found === undefined) return undefined
  const rest = line.slice(found.length)
  const date = dateWithin(rest)
  const others = rest.replace(date ?? '', '').replace(/[^\p{L}]/gu, '')
  if (others.length > fewLetters) return undefined
  if (date === undefined && !timeOfDay.test(rest) && maybeHeadline.test(found)) return undefined
  const isKnown = date !== undefined && !ambiguous.test(date)
  const read = isKnown ? instantWith(date, rest.slice(0, rest.indexOf(date))) : undefined
  if (read === undefined) return { until: undefined, guessed: true }
  // A day ends last at UTC-12.
  const until = read.guessed ? new Date(Date.parse(read.at) + 36 * hour).toISOString() : read.at
  return { until, guessed: read.guessed }
}

/** The date, with the time that stands behind or before it. */
function instantWith(date: string, before: string): Instant | undefined {
  const read = instantOf(date)
  const time = read?.guessed ? timeFirst.exec(before)?.groups : undefined
  if (time === undefined) return read
  const { hour, minute = '00', half, zone = '' } = time
  return instantOf(`${date} ${hour}:${minute}${half ? ` ${half}m` : ''} ${zone}`)
}
