// The text of a token: generating it, its prefix, and redacting it.
import { newSecret } from '../../storage/secrets.ts'

/** A new token, of 256 random bits. */
export const newTokenText = () => `onr_${newSecret()}`

/** The first characters of a token, by which people recognise it. */
export const prefixOf = (text: string) => text.slice(0, 8)

/** A new key of a preview link: it opens one draft, and is as secret as a token. */
export const newPreviewKey = () => `onp_${newSecret()}`

const issuedToken = /on[rp]_[\w-]{43}/

/** Whether a text contains a token of ours. */
export const hasToken = (text: string) => issuedToken.test(text)

// Percent-encoded as well: URLs are logged as received.
const secret =
  /(?:(?:o|%6f)(?:n|%6e)(?:[rp]|%7[02])(?:_|%5f)[\w%-]|(?:e|%65)(?:y|%79)(?:j|%4a)[\w%.-]{20})[\w%.-]*/gi

/** Redacts tokens, ours and JWTs, for logs. */
export const withoutTokens = (text: string) => text.replace(secret, '[token]')
