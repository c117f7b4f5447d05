// Who may do what: tokens, proxies, budgets of requests, and what pages of browsers may read.
import { Type } from 'typebox'

/** An origin as browsers write it: no path, no upper case (RFC 6454, 6.2). */
const origin = 'https?://([a-z0-9.-]+|\\[[0-9a-f:.]+\\])(:\\d{1,5})?'

/** Pages of this machine, whatever their port. */
export const loopback = 'localhost'

export const access = {
  ONRECORD_ADMIN_TOKEN: Type.Optional(
    Type.String({
      pattern: '^onr_[\\w-]{1,200}$',
      description: 'A fixed admin token (`onr_...`), for tests and first boot.'
    })
  ),
  ONRECORD_OIDC_ISSUER: Type.Optional(
    Type.String({
      pattern: '^(https://[^/?#@\\s]+|http://(127\\.0\\.0\\.1|localhost|\\[::1\\])(:\\d+)?)(/[^?#\\s]*)?$',
      description:
        'The OpenID Connect issuer whose JWTs are taken beside our tokens: its address, exactly as it names itself. `https`, or this machine.'
    })
  ),
  ONRECORD_OIDC_AUDIENCE: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'What the issuer calls this API: the `aud` of its tokens. Needed with an issuer.'
    })
  ),
  ONRECORD_OIDC_ROLES_CLAIM: Type.String({
    default: 'roles',
    minLength: 1,
    description: 'The claim that says what a person may: its name, or the path to it (`realm_access.roles`).'
  }),
  ONRECORD_OIDC_ROLES: Type.Optional(
    Type.String({
      pattern:
        '^[^,]+=(viewer|contributor|editor|moderator|admin)(,[^,]+=(viewer|contributor|editor|moderator|admin))*$',
      description:
        'Which value of that claim is which role (`newsroom-editors=editor,newsroom-admins=admin`). Without it they are the names of the roles.'
    })
  ),
  ONRECORD_OIDC_NAME_CLAIM: Type.String({
    default: 'sub',
    minLength: 1,
    description:
      'The claim that the change log and locks name a person by. Another than `sub` only if it never changes and is never given to two.'
  }),
  ONRECORD_TRUST_PROXY: Type.Optional(
    Type.String({
      pattern: '^[0-9A-Fa-f.:/]+(, *[0-9A-Fa-f.:/]+)*$',
      description:
        'The proxies whose X-Forwarded-For is believed: addresses or networks, with commas (`127.0.0.1, 10.0.0.0/8`).'
    })
  ),
  ONRECORD_RATE_LIMIT: Type.String({
    default: '1',
    pattern: '^(off|(?=.*[1-9])\\d{1,4}(\\.\\d{1,3})?)$',
    description:
      'How many times the standard budgets of requests each may use: `0.5`, `10`; `off` for no limits.'
  }),
  ONRECORD_CORS_ORIGINS: Type.Optional(
    Type.String({
      pattern: `^(\\*|(${origin}|${loopback})(, *(${origin}|${loopback}))*)$`,
      description:
        'The sites whose pages may read the answers in a browser: origins, with commas (`https://news.example`), `localhost` for pages of this machine on any port, or `*` for all. Without it, none; under `npm start`, `localhost`.'
    })
  )
}
