// Making the renditions of a picture with sharp; run in the child process (threads/child-process/run.ts).
//
// The whole picture is decoded once, and each crop of it once, at the largest width that is wanted, upright and in sRGB, and
// scaled from that once for each other width: a picture of 24 megapixels is then never whole in memory. Animations are
// decoded for each width. Nothing of the file's own metadata is kept: only the packet of rights is written into each rendition.
//
// Each encoder has one thread, and those of all pictures that are worked on take turns: where the last rendition of a
// picture is still being encoded, the next picture has begun.
import { hash, randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sharp, SharpOptions } from 'sharp'
import type { Recipe, StoredRendition } from '../../storage/tables/files.ts'
import { free } from '../blobs/freed.ts'
import { moving, type Region } from './animation.ts'
import { hashOf } from './perceptual-hash.ts'
import { inTurn } from './turns.ts'

export interface Rendering {
  /** The picture. */
  path: string
  /** Where the renditions are written to. */
  folder: string
  /** Upright, or of one frame. */
  width: number
  height: number
  frames: number
  recipe: Recipe
  /** How many renditions are encoded at once, of all pictures together. */
  encoders: number
}

/** What was made: each rendition is a file on disk. */
export interface Rendered {
  renditions: (StoredRendition & { path: string })[]
  placeholder: string
  /** What it looks like (perceptual-hash.ts). */
  hash: string
}

type Format = Recipe['formats'][number]

const extension = { jpeg: 'jpg', webp: 'webp', avif: 'avif' }

/** Makes all renditions of a picture. Throws what sharp throws. */
export async function render(rendering: Rendering): Promise<Rendered> {
  const { path, folder, width, height, frames, recipe, encoders } = rendering
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  const turn = <T>(work: () => Promise<T>) => inTurn(encoders, work)
  const input: SharpOptions = { failOn: 'error', limitInputPixels: 200_000_000, sequentialRead: true }
  const whole: Region = { left: 0, top: 0, width, height }
  const cuts = [
    { name: null, region: whole, widths: recipe.widths },
    ...recipe.crops.map((crop) => ({
      name: crop.name,
      region: regionOf(whole, crop.width / crop.height, recipe.focalPoint),
      widths: crop.widths
    }))
  ]
  const renditions: Rendered['renditions'] = []
  let look: Pick<Rendered, 'placeholder' | 'hash'> | undefined
  const isAnimated = frames > 1
  for (const { name, region, widths } of cuts) {
    const wanted = widthsWithin(widths, region.width)
    const base = await turn(() => decoded(sharp(path, input), whole, region, wanted.at(-1)!))
    const picture = ({ data, info }: Pixels) => sharp(data, { raw: info })
    // The whole picture comes first.
    look ??= await turn(async () => ({
      placeholder: await placeholderOf(picture(base)),
      hash: await hashOf(picture(base))
    }))
    const output = { crop: name, folder }
    const formats = isAnimated ? stillFormats(recipe.formats) : recipe.formats
    // The last first: the largest pictures take the longest.
    const made = wanted.toReversed().map(async (size) => {
      const sized = size === base.info.width ? base : await turn(() => pixelsOf(picture(base).resize(size)))
      const encodings = formats.toReversed().map(async (format) => {
        const one = await turn(() => encoded(picture(sized), format, recipe.packet))
        return written(one, { ...output, format })
      })
      const ofSize = (await Promise.all(encodings)).reverse()
      if (sized !== base) free(sized.data)
      return ofSize
    })
    renditions.push(...(await Promise.all(made)).reverse().flat())
    free(base.data)
    if (!isAnimated) continue
    for (const size of wanted) {
      const made = await turn(async () =>
        encoded(await moving(path, input, { region, size }), 'webp', recipe.packet)
      )
      // Frames that are all alike have become one.
      const { pages = 1, height } = await sharp(made.data).metadata()
      const one = { ...(await written(made, { ...output, format: 'webp' })), height }
      renditions.push(pages > 1 ? { ...one, animated: true } : one)
    }
  }
  return { renditions, ...look! }
}

/** A picture of 16 pixels, as a data URL. */
async function placeholderOf(picture: Sharp): Promise<string> {
  const tiny = await picture.resize(16, 16, { fit: 'inside' }).webp({ quality: 30 }).toBuffer()
  return `data:image/webp;base64,${tiny.toString('base64')}`
}

/** The still renditions of an animation: WebP moves. */
const stillFormats = (formats: Format[]) => formats.filter((format) => format !== 'webp')

/** The widths, smallest first: none is wider than the picture, which is made as wide as it is instead. */
const widthsWithin = (widths: number[], most: number) =>
  [...new Set(widths.map((width) => Math.min(width, most)))].sort((a, b) => a - b)

/** The largest part of a picture in this ratio, as near to having the focal point in its middle as can be. */
function regionOf({ width, height }: Region, ratio: number, focalPoint: Recipe['focalPoint']): Region {
  const cut = {
    width: Math.max(1, Math.min(width, Math.round(height * ratio))),
    height: Math.max(1, Math.min(height, Math.round(width / ratio)))
  }
  const { x, y } = focalPoint ?? { x: 0.5, y: 0.5 }
  const at = (middle: number, length: number, all: number) =>
    Math.round(Math.min(Math.max(middle * all - length / 2, 0), all - length))
  return { left: at(x, cut.width, width), top: at(y, cut.height, height), ...cut }
}

/** The pixels of a region at this width. */
async function decoded(picture: Sharp, whole: Region, region: Region, width: number) {
  const isWhole = region.width === whole.width && region.height === whole.height
  const upright = picture.autoOrient()
  const cut = isWhole ? upright : upright.extract(region)
  return pixelsOf(cut.resize(width).toColourspace('srgb'))
}

type Pixels = Awaited<ReturnType<typeof pixelsOf>>

const pixelsOf = (picture: Sharp) => picture.raw().toBuffer({ resolveWithObject: true })

/** Encodes a picture with its packet. */
async function encoded(picture: Sharp, format: Format, packet: string) {
  const made = await as(format, picture.withXmp(packet)).toBuffer({ resolveWithObject: true })
  // sharp only warns where a packet does not fit, and gives the warnings of all pictures to the first that ends.
  if (!made.data.includes(packet)) throw new Error(`The packet of rights does not fit into ${format}.`)
  return made
}

function as(format: Format, picture: Sharp): Sharp {
  if (format === 'webp') return picture.webp({ quality: 78, effort: 4 })
  if (format === 'avif') return picture.avif({ quality: 52, effort: 2, chromaSubsampling: '4:2:0' })
  return picture.flatten({ background: '#fff' }).jpeg({ quality: 80, progressive: true })
}

interface Output {
  crop: string | null
  format: Format
  folder: string
}

/** Writes a rendition to a file, and syncs that. */
async function written(
  { data, info }: Awaited<ReturnType<typeof encoded>>,
  { crop, format, folder }: Output
) {
  const path = join(folder, `${process.pid}-${randomUUID()}.${extension[format]}`)
  await writeFile(path, data, { flush: true })
  const { width, height, size: bytes } = info
  return { crop, width, height, type: `image/${format}`, bytes, digest: hash('sha256', data, 'hex'), path }
}
