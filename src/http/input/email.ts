// E-mail addresses, internationalised ones too (SMTPUTF8: RFC 6531).
import { domainToASCII } from 'node:url'

/** Visible characters beyond ASCII. */
const nonAscii = /[^\0-\x7f\p{C}\p{Z}]/gu
const isASCII = /^[\0-\x7f]*$/

/** The domain in A-labels (Punycode); an ASCII or invalid one as it is. */
const toAsciiDomain = (domain: string) => (isASCII.test(domain) ? domain : domainToASCII(domain) || domain)

const parts = (address: string) => {
  const at = address.lastIndexOf('@')
  return { local: address.slice(0, at), domain: address.slice(at + 1) }
}

/** An ASCII address that is valid exactly if this one is, for validators that know only ASCII. */
export function asciiShape(address: string): string {
  const { local, domain } = parts(address.normalize('NFC'))
  return `${local.replace(nonAscii, 'x')}@${toAsciiDomain(domain)}`
}

/** An address in normal form, for comparing. */
export function normalEmail(address: string): string {
  const { local, domain } = parts(address.normalize('NFC').toLowerCase())
  return `${local}@${toAsciiDomain(domain)}`
}
