// What is kept of all that a picture says: texts that can be stored, and not more than a record of it should have.
import type { Properties, Reading } from './readings.ts'

/** How long all that is kept of one picture may be, in characters of JSON. A caption has some hundreds. */
const maxCharacters = 500_000

/** The same properties without what no text here may have: U+0000, and halves of characters. */
export const storable = (properties: Properties): Properties =>
  JSON.parse(JSON.stringify(properties), (_, value) =>
    typeof value === 'string' ? value.replaceAll('\0', '').toWellFormed() : value
  )

/** As many readings and properties as there is room for, and the names of the others. */
export function bounded(readings: Reading[], { xmp, iim, exif }: Properties) {
  let room = maxCharacters
  const leftOut: string[] = []
  function fits(name: string, value: unknown) {
    const length = JSON.stringify(value).length
    const isKept = length <= room
    if (isKept) room -= length
    else leftOut.push(name)
    return isKept
  }
  const within = <T>(properties: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(properties).filter(([name, value]) => fits(name, value)))
  return {
    readings: readings.filter(({ property, value }) => fits(property, value)),
    properties: { xmp: within(xmp), iim: within(iim), exif: within(exif) },
    leftOut: [...new Set(leftOut)]
  }
}
