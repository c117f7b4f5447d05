// The text of a token: how it is made, what is kept of it, and where it must not stand.
import { newSecret } from '../../storage/secrets.ts'

/** A new text, of 256 bits that nobody can guess. */
export const newText = () => `onr_${newSecret()}`

/** How a text begins, for people who look for it among others. */
export const prefixOf = (text: string) => text.slice(0, 8)

const issued = /onr_[\w-]{43}/

/** Whether a token that was issued here stands somewhere in this. */
export const hasToken = (text: string) => issued.test(text)

// Percent-encoded as well: an address is logged as it came.
const secret =
  /(?:(?:o|%6f)(?:n|%6e)(?:r|%72)(?:_|%5f)[\w%-]|(?:e|%65)(?:y|%79)(?:j|%4a)[\w%.-]{20})[\w%.-]*/gi

/** The same without the tokens in it, ours and JWTs: what a log may keep. */
export const withoutTokens = (text: string) => text.replace(secret, '[token]')
