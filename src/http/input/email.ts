// E-mail addresses, those with letters beyond ASCII too (SMTPUTF8: RFC 6531).
import { domainToASCII } from 'node:url'

/** Letters, digits and signs beyond ASCII that an address may have: nothing unseen. */
const beyond = /[^\0-\x7f\p{C}\p{Z}]/gu
const isASCII = /^[\0-\x7f]*$/

/** The domain as the DNS knows it (A-labels); one of ASCII, or that is none, as it is. */
const ascii = (domain: string) => (isASCII.test(domain) ? domain : domainToASCII(domain) || domain)

const parts = (address: string) => {
  const at = address.lastIndexOf('@')
  return { local: address.slice(0, at), domain: address.slice(at + 1) }
}

/** An address in ASCII that is valid where this one is. */
export function asciiShape(address: string): string {
  const { local, domain } = parts(address.normalize('NFC'))
  return `${local.replace(beyond, 'x')}@${ascii(domain)}`
}

/** The same text for all spellings of an address. */
export function normalEmail(address: string): string {
  const { local, domain } = parts(address.normalize('NFC').toLowerCase())
  return `${local}@${ascii(domain)}`
}
