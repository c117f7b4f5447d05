// The values of IPTC's fields, as ExifTool has them and as we do.
/** The names that ExifTool has for properties of XMP, where they are others. */
export const names: Record<string, string> = {
  additionalmodelinformation: 'addlmodelinfo',
  digitalimageguid: 'digimageguid'
}

/** A value without the ways in which ExifTool writes the same: numbers, dates, degrees, terms of PLUS, names in capitals. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
    if (entries.some(([name]) => name === 'x-default'))
      return canonical(Object.fromEntries(entries)['x-default'])
    return Object.fromEntries(
      entries
        .map(([name, one]) => [name.toLowerCase(), canonical(one)])
        .sort(([a], [b]) => (a! < b! ? -1 : 1))
    )
  }
  const text = String(value).replace('http://ns.useplus.org/ldf/vocab/', '')
  const [, degrees, minutes, side] = /^(\d+),([\d.]+)([NSEW])$/.exec(text) ?? []
  if (degrees !== undefined) {
    const decimal = Number(degrees) + Number(minutes) / 60
    return String(Math.round((/[SW]/.test(side!) ? -decimal : decimal) * 1e6) / 1e6)
  }
  const [, over, under] = /^(\d+)\/(\d+)$/.exec(text) ?? []
  if (over !== undefined) return String(Number(over) / Number(under))
  if (/^\d+(\.0)?$/.test(text)) return String(Number(text))
  return text
    .replace(/^(\d{4}):(\d\d):(\d\d)(?: (?=\d))?/, (_, ...[y, m, d]) => `${y}-${m}-${d}T`)
    .replace(/T$/, '')
}
