// Values that a schema refuses.
import { pick, type Random } from '../bench/random.ts'
import type { Document, Schema } from './document.ts'
import { places, put, without } from './places.ts'

/** The value with one of its places made wrong, or nearly so: whether it is, its schema tells. */
export function broken(document: Document, schema: Schema, value: unknown, random: Random): unknown {
  const place = pick(random, places(document, schema, value))
  const wrong = pick(random, wrongs(place.schema, place.value))
  if (place.path.length > 0 && random() < 0.2) return without(value, place.path)
  return put(value, place.path, wrong)
}

const anything: unknown[] = [null, 42, -0.5, 'x', '', true, [], {}, [[]], { a: 1 }, '\u0000', 2 ** 60]

function wrongs(schema: Schema, value: unknown): unknown[] {
  if (typeof value === 'string') return [...texts(schema), ...anything]
  if (typeof value === 'number') return [...numbers(schema), ...anything]
  if (Array.isArray(value)) return [...lists(schema, value), ...anything]
  if (typeof value === 'object' && value !== null)
    return [{ ...value, zq: 1 }, { ...value, '': null }, [value], ...anything]
  return anything
}

const texts = ({ maxLength = 1000, enum: choices = [] }: Schema) => [
  'x'.repeat(Math.min(maxLength, 50_000) + 1),
  ...choices.map((choice) => `${choice} `),
  ...choices.map((choice) => String(choice).toUpperCase())
]

const numbers = ({ minimum = 0, maximum = 2 ** 53 }: Schema) => [
  minimum - 1,
  maximum + 1,
  1.5,
  '1',
  -(2 ** 60)
]

const lists = ({ maxItems = 100 }: Schema, value: unknown[]) => [
  Array.from({ length: Math.min(maxItems, 2000) + 1 }, () => value[0] ?? 'x'),
  [...value, ...value],
  { ...value }
]
