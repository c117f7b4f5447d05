// Where a picture really is: pages write a placeholder into `src`, and the address elsewhere until it is scrolled to.
type Attributes = Record<string, string>

const lazy = [
  'data-src',
  'data-original',
  'data-lazy-src',
  'data-lazy',
  'data-full-src',
  'data-hi-res-src',
  'data-image',
  'data-url',
  'data-original-src',
  'data-actualsrc',
  'data-src-large'
]
const lazySets = ['data-srcset', 'data-lazy-srcset', 'data-original-set', 'data-sizes-srcset']
const placeholder =
  /^data:|(?:^|[/_-])(?:placeholder|blank|spacer|transparent|pixel|lazy|loading|grey|gray|1x1|loader)[^/]*\.(?:gif|png|svg|jpe?g|webp)/i

/** The address of a picture, the largest of those it names; undefined when it is a placeholder alone. */
export function addressOf(attributes: Attributes): string | undefined {
  const given = attributes.src?.trim()
  const real = given && !placeholder.test(given) ? given : undefined
  const set = [...lazySets, 'srcset'].flatMap((name) => largest(attributes[name]) ?? [])[0]
  const later = lazy
    .map((name) => attributes[name]?.trim())
    .find((address) => address && /^(?:https?:|\/|[^\s{}]+\.\w{3,4}\b)/.test(address))
  return later ?? real ?? set
}

/** The largest of a list such as "a.jpg 640w, b.jpg 1280w". */
function largest(set = ''): string | undefined {
  const found = [
    ...set.matchAll(/(?:^|,\s*|\s)(?<address>[^\s,][^\s]*[^\s,])(?:\s+(?<size>[\d.]+)[wx])?(?=\s*(?:,|$))/g)
  ].map(({ groups }) => ({ address: groups!.address!, size: Number(groups!.size ?? 1) }))
  return found.filter(({ address }) => !placeholder.test(address)).sort((a, b) => b.size - a.size)[0]?.address
}
