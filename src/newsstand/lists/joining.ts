// Putting an answer together from the bytes of cards, without reading them.

/** A list of cards, each in one piece or several, as JSON: `{"data": [...], "next": ...}`. */
export function joined(items: { card: Buffer | Buffer[] }[], next: string | null, count?: number): Buffer {
  const cards = items.flatMap(({ card }, i) => [...(i === 0 ? [] : [comma]), ...[card].flat()])
  const total = count === undefined ? '' : `,"count":${count}`
  return together([opening, ...cards, Buffer.from(`],"next":${JSON.stringify(next)}${total}}`)])
}
const opening = Buffer.from('{"data":[')
const comma = Buffer.from(',')

/** The bytes in memory of their own, where they may be kept: a part of a pool would keep all of the pool. */
function together(parts: Buffer[]): Buffer {
  const bytes = Buffer.allocUnsafeSlow(parts.reduce((sum, { length }) => sum + length, 0))
  let end = 0
  for (const part of parts) end += part.copy(bytes, end)
  return bytes
}

/** A card with one property more, whose value is JSON already. */
export const extended = (card: Buffer, name: string, value: Buffer) =>
  Buffer.concat([card.subarray(0, -1), Buffer.from(`,${JSON.stringify(name)}:`), value, Buffer.from('}')])

/** A card with only these of its properties. */
export function only(card: Buffer, names: string[]): Buffer {
  const properties = Object.entries(JSON.parse(card.toString()) as object)
  return Buffer.from(JSON.stringify(Object.fromEntries(properties.filter(([name]) => names.includes(name)))))
}
