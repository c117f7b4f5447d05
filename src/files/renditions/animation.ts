// Animations: sharp decodes them as one strip of all frames, which it cuts and scales frame by frame, and does not turn.
import type { Sharp, SharpOptions } from 'sharp'

/** A region of a picture. */
export interface Region {
  left: number
  top: number
  width: number
  height: number
}

interface Wanted {
  /** Of the upright picture. */
  region: Region
  /** The width of the rendition. */
  size: number
}

/** An animation, to be encoded as one: upright, in this region and size. */
export async function moving(path: string, options: SharpOptions, { region, size }: Wanted): Promise<Sharp> {
  const { default: sharp } = await import('sharp')
  const strip = () => sharp(path, { ...options, animated: true })
  const { orientation = 1, width, pageHeight, delay, loop } = await strip().metadata()
  if (orientation === 1) return strip().extract(region).resize(size)
  const turn = turnOf(orientation)
  const stored = storedRegion(region, turn, { width, height: pageHeight! })
  const upright = { width: size, height: Math.max(1, Math.round((size * region.height) / region.width)) }
  const before = turn.transposes ? { width: upright.height, height: upright.width } : upright
  const { data, info } = await strip()
    .extract(stored)
    .resize({ ...before, fit: 'fill' })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  const pixels = new Uint32Array(data.buffer, data.byteOffset, data.length / 4)
  const perFrame = before.width * before.height
  for (let at = 0; at < pixels.length; at += perFrame)
    pixels.set(turned(pixels.subarray(at, at + perFrame), before, turn), at)
  const raw = {
    width: upright.width,
    height: upright.height * info.pages!,
    channels: 4 as const,
    pageHeight: upright.height
  }
  return sharp(data, { ...options, raw }).webp({ delay: delay!, loop: loop! })
}

/** How a picture lies in its file. */
interface Turn {
  mirrorsX: boolean
  mirrorsY: boolean
  /** Its rows are columns. */
  transposes: boolean
}

/** What an orientation means (EXIF 2.3, 4.6.4.A). */
const turnOf = (orientation: number): Turn => ({
  mirrorsX: [2, 3, 7, 8].includes(orientation),
  mirrorsY: [3, 4, 6, 7].includes(orientation),
  transposes: orientation >= 5
})

interface Size {
  width: number
  height: number
}

/** Where a region of the upright picture lies in the file. */
function storedRegion(
  { left, top, width, height }: Region,
  { mirrorsX, mirrorsY, transposes }: Turn,
  stored: Size
): Region {
  const region = transposes
    ? { left: top, top: left, width: height, height: width }
    : { left, top, width, height }
  return {
    ...region,
    left: mirrorsX ? stored.width - region.left - region.width : region.left,
    top: mirrorsY ? stored.height - region.top - region.height : region.top
  }
}

/** The pixels of a frame, upright. */
function turned(frame: Uint32Array, { width, height }: Size, { mirrorsX, mirrorsY, transposes }: Turn) {
  const toRight = mirrorsX ? -1 : 1
  const toBottom = mirrorsY ? -width : width
  const start = (mirrorsX ? width - 1 : 0) + (mirrorsY ? (height - 1) * width : 0)
  const [across, down] = transposes ? [height, width] : [width, height]
  const [stepAcross, stepDown] = transposes ? [toBottom, toRight] : [toRight, toBottom]
  const upright = new Uint32Array(frame.length)
  for (let y = 0, to = 0; y < down; y++)
    for (let x = 0, from = start + y * stepDown; x < across; x++, from += stepAcross)
      upright[to++] = frame[from]!
  return upright
}
