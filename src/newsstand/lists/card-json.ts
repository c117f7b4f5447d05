// Composing JSON from stored cards, without parsing them.

/** A page of cards as JSON: `{"data": [...], "next": ...}`. */
export const joinCards = (items: { card: string }[], next: string | null, count?: number): string =>
  `{"data":[${items.map(({ card }) => card).join()}],"next":${JSON.stringify(next)}${count === undefined ? '' : `,"count":${count}`}}`

/** The bytes of an answer, outside the Buffer pool: a cached slice would keep the whole pool in memory. */
export function bytesOf(json: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(json))
  bytes.write(json)
  return bytes
}

/** A card with another property, whose value is JSON already. */
export const withProperty = (card: string, name: string, value: string) =>
  `${card.slice(0, -1)},${JSON.stringify(name)}:${value}}`

/** A card with only these properties. */
export function pickProperties(card: string, names: string[]): string {
  const properties = Object.entries(JSON.parse(card) as object)
  return JSON.stringify(Object.fromEntries(properties.filter(([name]) => names.includes(name))))
}
