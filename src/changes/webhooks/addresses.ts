// Which addresses requests may be sent to: public ones only, unless the configuration allows others (SSRF protection).
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Whether an IP address is allowed. */
export type Allows = (address: string) => boolean

/** Global unicast addresses (RFC 4291, 2.4). */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/** NAT64 (RFC 6052, 2.1): the last 32 bits are an IPv4 address. */
const nat64 = ipaddr.IPv6.parseCIDR('64:ff9b::/96')

/** The address, or the IPv4 address that is embedded in it. */
function embeddedIPv4(address: string): ipaddr.IPv4 | ipaddr.IPv6 {
  const parsed = ipaddr.process(address)
  const isTranslated = parsed instanceof ipaddr.IPv6 && parsed.match(nat64)
  return isTranslated ? new ipaddr.IPv4(parsed.toByteArray().slice(12)) : parsed
}

/** Whether an address is on the public internet; embedded IPv4 addresses are checked as IPv4. */
export function isPublic(address: string): boolean {
  const parsed = embeddedIPv4(address)
  if (parsed.range() !== 'unicast') return false
  return parsed instanceof ipaddr.IPv4 || parsed.match(globalUnicast)
}

/** Which addresses a setting allows: all of them, or public ones. */
export const allowedBy = (setting: string): Allows => (setting === 'allow' ? () => true : isPublic)

/** Names that are never public. */
const internalName = /^[^.]+$|(^|\.)(localhost|localdomain|local|internal|lan|home\.arpa)$/

/** The host of a URL, normalised: an IP address or a name. */
export const hostOf = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')

/** Why a URL is not allowed, judged by its text alone (no DNS); undefined when it is. `setting` is what allows others. */
export function urlFault(target: URL, allows: Allows, setting: string): string | undefined {
  if (target.username !== '' || target.password !== '') return 'has credentials in it.'
  const host = hostOf(target)
  const address = isIP(host) ? host : internalName.test(host) ? '127.0.0.1' : undefined
  if (address !== undefined && !allows(address))
    return `leads to ${host}, which is not on the public internet (${setting}).`
  return undefined
}
