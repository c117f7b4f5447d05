// Networks instead of IP addresses, as the unit of limits and bans: about a household or an office.
import { isIPv4 } from 'node:net'
import ipaddr from 'ipaddr.js'

/**
 * The network of an IP address: itself for IPv4, its /64 for IPv6 (RFC 4291, 2.5.4); `unknown` for anything else, such
 * as the address of a client that has disconnected.
 */
export function networkOf(address: string | undefined): string {
  const plain = String(address).replace(/%.*$/, '')
  if (isIPv4(plain)) return plain
  if (!ipaddr.isValid(plain)) return 'unknown'
  const parsed = ipaddr.process(plain)
  if (parsed.kind() === 'ipv4') return parsed.toString()
  const [a, b, c, d] = (parsed as ipaddr.IPv6).parts
  return `${new ipaddr.IPv6([a!, b!, c!, d!, 0, 0, 0, 0])}/64`
}
