// A newsroom that says who it is, whose articles leave in the forms of others.
import type { Test } from 'tap'
import type { NewStory } from '../../src/content/articles/schema.ts'
import { app } from '../support/app.ts'

/** An app with this publisher, and what publishes a story there although some checks warn of it. Answers its id. */
export async function newsroom(t: Test, publisher: object, clock = () => new Date()) {
  const client = await app(t, { clock })
  await client.put('/v1/publisher', {
    name: 'The Harbour Gazette',
    url: 'https://news.example/',
    ...publisher
  })
  const publish = async (story: Partial<NewStory>, waive: string[] = []) => {
    const { id } = (await client.post('/v1/articles', story)).json<{ id: string }>()
    const answer = await client.post(`/v1/articles/${id}/publish`, {
      waive: waive.map((code) => ({ code, reason: 'for the test' }))
    })
    // Its words would be read as lines of the report of the test.
    if (answer.status !== 200) throw new Error(answer.body)
    return id
  }
  return { ...client, publish }
}
