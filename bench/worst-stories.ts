// Stories that the worst requests are made of.

/** Sends a request as an admin would; a body is JSON where it is neither a text nor bytes. */
export type Send = (
  method: string,
  path: string,
  body?: string | object,
  type?: string,
  headers?: Record<string, string>
) => Promise<{ status: number; body: string }>

export interface Case {
  title: string
  /** What has to be there before; answers a path. */
  prepare?(send: Send): Promise<string>
  act(send: Send, prepared?: string): Promise<{ status: number }>
}

export const story = (body: unknown, more: object = {}) => ({
  title: 'Late ferry keeps sailing',
  section: 'harbour',
  language: 'en',
  bylines: [{ name: 'Ines Okafor' }],
  commentPolicy: { mode: 'open' },
  body,
  ...more
})

export async function made(send: Send, body: unknown, more?: object): Promise<string> {
  const answer = await send('POST', '/v1/articles', story(body, more))
  return `/v1/articles/${JSON.parse(answer.body).id}`
}

export async function published(send: Send, body: unknown, more?: object): Promise<string> {
  const path = await made(send, body, more)
  await send('POST', `${path}/publish`, {})
  return path
}
