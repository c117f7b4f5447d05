// A perceptual hash (dHash, 64 bits), which scaling and compressing leave nearly as it is.
import type { Sharp } from 'sharp'

/** Whether each of 8 x 8 places is darker than the one to its right, as 16 hexadecimal digits. */
export async function hashOf(picture: Sharp): Promise<string> {
  const grey = await picture
    .flatten({ background: '#fff' })
    .resize(9, 8, { fit: 'fill' })
    .toColourspace('b-w')
    .raw()
    .toBuffer()
  let bits = ''
  for (let row = 0; row < 8; row++)
    for (let column = 0; column < 8; column++)
      bits += grey[row * 9 + column]! < grey[row * 9 + column + 1]! ? '1' : '0'
  return BigInt(`0b${bits}`).toString(16).padStart(16, '0')
}
