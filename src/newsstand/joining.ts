// Putting an answer together from the bytes of cards, without reading them.

/** A list of cards as JSON: `{"data": [...], "next": ...}`. */
export function joined(items: { card: Buffer }[], next: string | null, count?: number): Buffer {
  const cards = items.flatMap(({ card }, i) => (i === 0 ? [card] : [comma, card]))
  const total = count === undefined ? '' : `,"count":${count}`
  return Buffer.concat([opening, ...cards, Buffer.from(`],"next":${JSON.stringify(next)}${total}}`)])
}
const opening = Buffer.from('{"data":[')
const comma = Buffer.from(',')

/** A card with one property more, whose value is JSON already. */
export const extended = (card: Buffer, name: string, value: Buffer) =>
  Buffer.concat([card.subarray(0, -1), Buffer.from(`,${JSON.stringify(name)}:`), value, Buffer.from('}')])

/** A card with only these of its properties. */
export function only(card: Buffer, names: string[]): Buffer {
  const properties = Object.entries(JSON.parse(card.toString()) as object)
  return Buffer.from(JSON.stringify(Object.fromEntries(properties.filter(([name]) => names.includes(name)))))
}
