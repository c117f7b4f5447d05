// What is served beside the API.
import { Type } from 'typebox'

export const apps = {
  ONRECORD_MCP: Type.String({
    default: 'off',
    pattern: '^(off|token|public)$',
    description:
      'Whether agents find tools at `/mcp` (Model Context Protocol): `token` for those with a token, `public` for reading without one, too; `off` for none.'
  }),
  ONRECORD_SITE: Type.String({
    default: 'off',
    pattern: '^(on|off)$',
    description:
      'Whether `/` and what is below it is a site made of what is published: `on` or `off`. Under `npm start`, `on`.'
  })
}
