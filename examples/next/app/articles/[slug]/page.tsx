import { dataOf, itemsOf } from 'onrecord-client'
import { Body, Corrections, Lead, Voices } from 'onrecord-client/react'
import { api } from '../../newsroom.ts'
import { CommentForm } from './comment-form.tsx'

interface Props {
  params: Promise<{ slug: string }>
}

export async function generateStaticParams() {
  const cards = await Array.fromAsync(itemsOf(api, '/v1/articles'))
  return cards.map(({ slug }) => ({ slug }))
}

async function read({ params }: Props) {
  const { slug } = await params
  const query = { include: ['comments' as const] }
  return dataOf(api.GET('/v1/articles/{id}', { params: { path: { id: decodeURIComponent(slug) }, query } }))
}

export const generateMetadata = async (props: Props) => ({ title: (await read(props)).title })

export default async function Story(props: Props) {
  const story = await read(props)
  const comments = 'included' in story ? (story.included?.comments?.data ?? []) : []
  return (
    <main>
      <article lang={story.language}>
        <h1>{story.title}</h1>
        <p>{story.dek}</p>
        <p>
          <small>{story.bylines.map(({ name }) => name).join(', ')}</small>
        </p>
        <Lead story={story} />
        <Body story={story} />
        <Corrections story={story} />
        <h2>Who said what</h2>
        <Voices story={story} />
      </article>
      <h2>Comments</h2>
      <ol>
        {comments.map(({ id, author, body }) => (
          <li key={id}>
            <b>{author.name}</b>: {body}
          </li>
        ))}
      </ol>
      <CommentForm article={story.id} />
    </main>
  )
}
