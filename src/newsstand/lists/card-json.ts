// Composing JSON from stored cards, without parsing them.

/** A page of cards as JSON: `{"data": [...], "next": ...}`. A card may be in several buffers. */
export function joinCards(items: { card: Buffer | Buffer[] }[], next: string | null, count?: number): Buffer {
  const cards = items.flatMap(({ card }, i) => [...(i === 0 ? [] : [comma]), ...[card].flat()])
  const total = count === undefined ? '' : `,"count":${count}`
  return concatUnpooled([opening, ...cards, Buffer.from(`],"next":${JSON.stringify(next)}${total}}`)])
}
const opening = Buffer.from('{"data":[')
const comma = Buffer.from(',')

/** Concatenates outside the Buffer pool: a cached slice would keep the whole pool in memory. */
function concatUnpooled(parts: Buffer[]): Buffer {
  const bytes = Buffer.allocUnsafeSlow(parts.reduce((sum, { length }) => sum + length, 0))
  let end = 0
  for (const part of parts) end += part.copy(bytes, end)
  return bytes
}

/** A card with another property, whose value is JSON already. */
export const withProperty = (card: Buffer, name: string, value: Buffer) =>
  Buffer.concat([card.subarray(0, -1), Buffer.from(`,${JSON.stringify(name)}:`), value, Buffer.from('}')])

/** A card with only these properties. */
export function pickProperties(card: Buffer, names: string[]): Buffer {
  const properties = Object.entries(JSON.parse(card.toString()) as object)
  return Buffer.from(JSON.stringify(Object.fromEntries(properties.filter(([name]) => names.includes(name)))))
}
