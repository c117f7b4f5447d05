// Dates of pictures, as XMP, IIM and EXIF write them.

/** A date as it was written, in ISO 8601; the instant only where its time and zone are known. */
export interface PictureDate {
  value: string
  /** The offset from UTC, as "+01:00", or null where nobody said. */
  zone: string | null
  instant: string | null
}

const isoDate = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?)?)?$/

/** A date of XMP (ISO 8601, also a year or a month alone). An unknown month or day (00) is left out. */
export function isoPictureDate(text: string): PictureDate | undefined {
  const [, year, month, day, time, offset] = isoDate.exec(text.trim()) ?? []
  if (year === undefined || year === '0000') return undefined
  const known = [year, ...(month && month !== '00' ? [month, ...(day && day !== '00' ? [day] : [])] : [])]
  const date = known.join('-')
  if (known.length < 3 || time === undefined)
    return isDay(date, known.length) ? { value: date, zone: null, instant: null } : undefined
  const zone = offset === 'Z' ? '+00:00' : (offset ?? null)
  const value = `${date}T${time}${offset ?? ''}`
  const moment = new Date(`${date}T${time}${zone ?? 'Z'}`)
  if (Number.isNaN(moment.getTime()) || !isDay(date, 3)) return undefined
  return { value, zone, instant: zone === null ? null : moment.toISOString() }
}

/** Whether there is such a day, or month. */
function isDay(date: string, parts: number) {
  const moment = new Date(parts === 3 ? `${date}T00:00:00Z` : date)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(date)
}

/** A date and a time of IIM ("20270131", "235959+0100"); 00 is an unknown month or day. */
export function iimPictureDate(date: string | undefined, time: string | undefined): PictureDate | undefined {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(date?.trim() ?? '') ?? []
  const [, h, m, s, sign, oh, om] =
    /^(\d\d)(\d\d)(\d\d)(?:([+-])(\d\d)(\d\d))?$/.exec(time?.trim() ?? '') ?? []
  const at = h === undefined ? '' : `T${h}:${m}:${s}${sign ? `${sign}${oh}:${om}` : ''}`
  return isoPictureDate(`${year}-${month}-${day}${at}`)
}

/** A date of EXIF ("2024:03:22 00:23:02") with its offset, without which it is the camera's own time. */
export function exifPictureDate(
  date: string | undefined,
  offset: string | undefined
): PictureDate | undefined {
  const [, year, month, day, time] = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)/.exec(date ?? '') ?? []
  const zone = /^[+-]\d\d:\d\d$/.test(offset ?? '') ? offset : ''
  return isoPictureDate(`${year}-${month}-${day}T${time}${zone}`)
}

/** When rights end that last until this date: with a day alone, with that day (IIM 4.2, 2:37), in UTC. */
export const endOf = ({ value, instant }: PictureDate): string | undefined =>
  instant ?? wholeDay(value, 'T23:59:59.999Z')

/** When an embargo ends that lasts until this date: with a day alone, as that day begins, in UTC. */
export const beginOf = ({ value, instant }: PictureDate): string | undefined =>
  instant ?? wholeDay(value, 'T00:00:00.000Z')

/** A date without a zone is that of UTC; one without a day says too little. */
function wholeDay(value: string, time: string): string | undefined {
  if (value.includes('T')) return new Date(`${value}Z`).toISOString()
  return value.length === 10 ? value + time : undefined
}
