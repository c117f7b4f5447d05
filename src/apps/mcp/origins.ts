// Which pages of browsers may call tools. A page of anywhere can have its name point at this machine (DNS rebinding), and its
// requests then are of the same origin: so the names are compared with those that are known, never with `Host`.
const local = ['localhost', '127.0.0.1', '[::1]']

/** Whether a request may come from this origin: from no page, a page of this machine, or one that CORS allows. */
export function isAllowedOrigin(origin: string | undefined, allowed: string | undefined): boolean {
  if (origin === undefined) return true
  if (allowed === '*' || allowed?.split(/, */).includes(origin)) return true
  return URL.canParse(origin) && local.includes(new URL(origin).hostname)
}
