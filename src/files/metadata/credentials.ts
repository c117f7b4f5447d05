// Content Credentials (C2PA): who signed a picture, and whether it is as it was signed. Read with the file, in a worker
// thread, by the WASM of c2pa-rs, without a network. The verdict is of that moment, and kept: a certificate that runs out
// later makes a picture no worse.
import { open, readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { type ContentCredentials, isGenerated } from './schema.ts'

/** How large a picture may be whose signature is checked, in bytes: it is held against all of them, in memory. */
const largest = 64 * 1024 * 1024

/** What `c2pa` gives of a file, as far as it is used here (crJSON of c2pa-rs 0.90). */
interface Store {
  active_manifest?: string
  validation_state: 'Trusted' | 'Valid' | 'Invalid'
  validation_status?: { code: string }[]
  manifests: Record<string, Manifest>
}
interface Manifest {
  signature_info?: { issuer?: string; common_name?: string; time?: string }
  claim_generator_info?: { name: string; version?: string }[]
  assertions?: { label: string; data: { actions?: { digitalSourceType?: string }[] } }[]
}

export interface SignedPicture {
  path: string
  type: string
  bytes: number
  /** Certificates whose signatures are trusted, in PEM. */
  anchors?: string | undefined
}

/** The Content Credentials of a picture; null where it has none. */
export async function readCredentials({
  path,
  type,
  bytes,
  anchors
}: SignedPicture): Promise<ContentCredentials | null> {
  // The label of every store of manifests (C2PA 2.2, 11.1.4.2): to start the WASM takes most of a second.
  if (bytes > largest || !(await holds(path, 'c2pa'))) return null
  const content = await readFile(path)
  const Reader = await reader()
  const settings = {
    verify: { remote_manifest_fetch: false, ocsp_fetch: false },
    ...(anchors && { trust: { trust_anchors: anchors } })
  }
  try {
    using found = await Reader.fromBytes(type, content, JSON.stringify(settings))
    return credentialsOf(JSON.parse(found.json()) as Store)
  } catch (error) {
    if (String(error).includes('JumbfNotFound')) return null
    return { ...unknown, state: 'invalid', problems: ['unreadable'] }
  }
}

/** How much is looked through at a time. */
const piece = 256 * 1024

/** Whether a file has these characters of ASCII anywhere. */
async function holds(path: string, text: string): Promise<boolean> {
  await using file = await open(path, 'r')
  const buffer = Buffer.alloc(piece)
  let read = piece
  for (let at = 0; read === piece; at += piece - text.length + 1) {
    read = (await file.read(buffer, 0, piece, at)).bytesRead
    if (buffer.subarray(0, read).includes(text)) return true
  }
  return false
}

const unknown = { signer: null, issuer: null, signedAt: null, software: null, digitalSourceType: null }

let started: Promise<typeof import('@contentauth/c2pa-wasm').WasmReader> | undefined

/** The reader of a thread, started with the first picture that has credentials. */
function reader() {
  started ??= (async () => {
    const { default: start, WasmReader } = await import('@contentauth/c2pa-wasm')
    const wasm = createRequire(import.meta.url).resolve('@contentauth/c2pa-wasm/c2pa.wasm')
    await start({ module_or_path: await readFile(wasm) })
    return WasmReader
  })()
  return started
}

const states = { Trusted: 'trusted', Valid: 'valid', Invalid: 'invalid' } as const

/** What is told of a store of manifests. */
export function credentialsOf({
  active_manifest: active = '',
  manifests,
  ...store
}: Store): ContentCredentials {
  const manifest = manifests[active] ?? {}
  const { issuer = null, common_name: signer = null, time = null } = manifest.signature_info ?? {}
  const [software] = manifest.claim_generator_info ?? []
  const problems = (store.validation_status ?? []).map(({ code }) => code)
  return {
    state: states[store.validation_state],
    signer,
    issuer,
    signedAt: time === null ? null : new Date(time).toISOString(),
    software: software ? [software.name, software.version].filter(Boolean).join(' ') : null,
    digitalSourceType: sourceTypeOf([manifest, ...Object.values(manifests)]),
    problems: [...new Set(problems)]
  }
}

/** A source type that any of the manifests has: that it was generated goes first, then what the latest says. */
function sourceTypeOf(manifests: Manifest[]): string | null {
  const all = manifests.flatMap(({ assertions = [] }) =>
    assertions.flatMap(({ data }) =>
      (data.actions ?? []).flatMap(({ digitalSourceType: type }) => type ?? [])
    )
  )
  const terms = all.map((type) => type.replace(/^.*\//, ''))
  return terms.find(isGenerated) ?? terms[0] ?? null
}
