// An OpenID Connect issuer of the test's own, on this machine: it signs whatever the test wants said.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import type { Test } from 'tap'

export const audience = 'https://news.example/api'

export interface Key {
  kid: string
  privateKey: CryptoKey
  publicKey: CryptoKey
}

export async function newKey(kid: string): Promise<Key> {
  return { kid, ...(await generateKeyPair('ES256', { extractable: true })) }
}

export type Issuer = Awaited<ReturnType<typeof issuer>>

/** An issuer with one key; `now` is when its tokens are from. They hold for five minutes. */
export async function issuer(t: Test, now: () => Date = () => new Date()) {
  const key = await newKey('one')
  /** What it was asked for, in that order. */
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url!)
    said.answer(request.url!, response)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  t.teardown(() => server.close())
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  /** What it publishes: a test may change any of it. */
  const said = {
    about: { issuer: address, jwks_uri: `${address}/keys` } as object,
    keys: await published(key),
    answer(url: string, response: import('node:http').ServerResponse) {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(url === '/keys' ? said.keys : said.about))
    }
  }

  const seconds = () => Math.floor(now().getTime() / 1000)
  const claims = (more: JWTPayload = {}): JWTPayload => ({
    ...{ iss: address, aud: audience, sub: 'ines', iat: seconds(), exp: seconds() + 300 },
    ...more
  })
  const sign = (more: JWTPayload = {}, header: object = {}, by = key) =>
    new SignJWT(claims(more)).setProtectedHeader({ alg: 'ES256', kid: by.kid, ...header }).sign(by.privateKey)

  return {
    address,
    asked,
    said,
    sign,
    config: { ONRECORD_OIDC_ISSUER: address, ONRECORD_OIDC_AUDIENCE: audience },
    /** Tokens that say admin and are not good, by what is wrong with them. */
    async bad(): Promise<[title: string, token: string][]> {
      const roles = ['admin']
      const secret = new TextEncoder().encode(await exportSPKI(key.publicKey))
      const good = await sign({ roles })
      const [header, , signature] = good.split('.')
      const other = Buffer.from(JSON.stringify(claims({ roles, sub: 'mara' }))).toString('base64url')
      return [
        ['expired', await sign({ roles, exp: seconds() - 5 })],
        ['never expiring', await sign({ roles, exp: undefined as never })],
        ['not yet valid', await sign({ roles, nbf: seconds() + 6 })],
        ['from the future', await sign({ roles, iat: seconds() + 6 })],
        ['good for years', await sign({ roles, exp: seconds() + 31 * 86_400 + 6 })],
        ['an id of a log-out', await sign({ roles }, { typ: 'logout+jwt' })],
        ['of another issuer', await sign({ roles, iss: 'https://other.example' })],
        ['of an issuer that begins alike', await sign({ roles, iss: `${address}/` })],
        ['for another audience', await sign({ roles, aud: 'https://other.example' })],
        ['for no audience', await sign({ roles, aud: undefined as never })],
        ['of nobody', await sign({ roles, sub: undefined as never })],
        ['signed with another key', await sign({ roles }, { kid: 'one' }, await newKey('two'))],
        ['of an unknown key', await sign({ roles }, {}, await newKey('unknown'))],
        ['with a key that it brings along', await brought(claims({ roles }))],
        ['with other claims than were signed', `${header}.${other}.${signature}`],
        ['not signed', new UnsecuredJWT(claims({ roles })).encode()],
        ['not signed, with a signature', `${new UnsecuredJWT(claims({ roles })).encode()}${signature}`],
        ['with the public key as a secret', await hmac(claims({ roles }), secret)],
        ['too long', await sign({ roles, more: 'x'.repeat(8000) })],
        ['no JWT', 'a.b.c'],
        ['half a JWT', `${header}.${other}`]
      ]
    }
  }
}

export const published = async (...keys: Key[]) => ({
  keys: await Promise.all(
    keys.map(async ({ kid, publicKey }) => ({
      ...(await exportJWK(publicKey)),
      kid,
      alg: 'ES256',
      use: 'sig'
    }))
  )
})

async function brought(claims: JWTPayload) {
  const { privateKey, publicKey } = await newKey('mine')
  const jwk = (await exportJWK(publicKey)) as never
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', jwk }).sign(privateKey)
}

const hmac = (claims: JWTPayload, secret: Uint8Array) =>
  new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'one' }).sign(secret)
