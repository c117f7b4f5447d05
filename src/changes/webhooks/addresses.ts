// Where webhooks may go: to the public internet, and nowhere else unless the configuration allows it.
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Whether something may be sent to an address. */
export type Allows = (address: string) => boolean

/** What was ever given out for hosts of the public internet (RFC 4291, 2.4). */
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3')

/** How networks with IPv6 alone reach hosts with IPv4 alone (RFC 6052, 2.1): its last 32 bits are the IPv4 address. */
const translated = ipaddr.IPv6.parseCIDR('64:ff9b::/96')

/** The address, or the IPv4 address that it stands for. */
function meant(address: string): ipaddr.IPv4 | ipaddr.IPv6 {
  const parsed = ipaddr.process(address)
  const isTranslated = parsed instanceof ipaddr.IPv6 && parsed.match(translated)
  return isTranslated ? new ipaddr.IPv4(parsed.toByteArray().slice(12)) : parsed
}

/** Whether an address is one of a host on the public internet; an IPv4 address within an IPv6 one is that of IPv4. */
export function isPublic(address: string): boolean {
  const parsed = meant(address)
  if (parsed.range() !== 'unicast') return false
  return parsed instanceof ipaddr.IPv4 || parsed.match(globalUnicast)
}

/** Names that no public server has. */
const internalName = /^[^.]+$|(^|\.)(localhost|localdomain|local|internal|lan|home\.arpa)$/

/** The host of a URL: an address in the one way it is written, or a name. */
export const hostOf = ({ hostname }: URL) => hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')

/** Why nothing may be sent to a URL, as far as its text tells; undefined when something may. */
export function objection(url: string, allows: Allows): string | undefined {
  if (!URL.canParse(url)) return 'is not the address of a server.'
  const target = new URL(url)
  if (target.username !== '' || target.password !== '') return 'has credentials in it.'
  const host = hostOf(target)
  const address = isIP(host) ? host : internalName.test(host) ? '127.0.0.1' : undefined
  if (address !== undefined && !allows(address))
    return `leads to ${host}, which is not on the public internet (ONRECORD_WEBHOOK_PRIVATE).`
  return undefined
}
