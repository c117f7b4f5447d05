// Cursors that no page gave, to lists that look at where they came from.

/** A cursor of the same list as this one, with other keys. */
export function forged(next: string | null, ...keys: string[]): string {
  const [mark] = JSON.parse(Buffer.from(next!, 'base64url').toString()) as string[]
  return Buffer.from(JSON.stringify([mark, ...keys])).toString('base64url')
}
