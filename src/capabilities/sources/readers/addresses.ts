import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** An address of a host, and its family. */
export type Address = { readonly address: string; readonly family: number }

/** The addresses of a name. Throws an error with a `code` where it has none. */
export type Resolve = (name: string) => Promise<readonly Address[]>

export const systemResolve: Resolve = (name) => lookup(name, { all: true })

/** Azure hands out the secrets of a machine there, and it looks like any other address. */
const metadataAddresses = new Set(['168.63.129.16'])

/**
 * Whether an address belongs to the public net: not to this machine, a private network, a link, a provider's inside, a
 * group, or to one of the ways in which an IPv4 address is wrapped in IPv6.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast' || metadataAddresses.has(parsed.toString())) return false
  // All that is given out of IPv6 begins so; ipaddr.js calls "::127.0.0.1" unicast, too.
  return parsed instanceof ipaddr.IPv4 || ((parsed.parts[0] ?? 0) & 0xe000) === 0x2000
}

/** The name or address of a URL's host, without the brackets of IPv6 and the dot at the end. */
export function hostNameOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
}

/** Addresses to connect to, or why there is none that may be connected to. */
export type Resolved =
  | { readonly type: 'resolved'; readonly addresses: readonly Address[] }
  | { readonly type: 'refused'; readonly why: string }

/**
 * Resolves a host. One address that is not public is enough to refuse it, unless the operator allows the name. Throws
 * what `resolve` throws.
 */
export async function resolveHost(
  name: string,
  { resolve, privateHosts }: { readonly resolve: Resolve; readonly privateHosts: ReadonlySet<string> },
): Promise<Resolved> {
  const family = isIP(name)
  const addresses = family === 0 ? await resolve(name) : [{ address: name, family }]
  const inner = addresses.find(({ address }) => !isPublicAddress(address))
  if (inner === undefined && addresses.length > 0) return { type: 'resolved', addresses }
  if (inner !== undefined && privateHosts.has(name)) return { type: 'resolved', addresses }
  const why =
    inner === undefined
      ? `${name} has no address`
      : `${name} has the address ${inner.address}, which is not of the public net; name it under privateHosts if it is meant`
  return { type: 'refused', why }
}
