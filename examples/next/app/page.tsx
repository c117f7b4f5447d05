import Link from 'next/link'
import { itemsOf } from 'onrecord-client'
import { api } from './newsroom.ts'

export const metadata = { title: 'The newest stories' }

export default async function Stories() {
  const stories = await Array.fromAsync(itemsOf(api, '/v1/articles'))
  return (
    <main>
      <h1>The newest stories</h1>
      {stories.map(({ slug, title, dek, publishedAt }) => (
        <article key={slug}>
          <h2>
            <Link href={`/articles/${slug}`}>{title}</Link>
          </h2>
          <p>
            {dek} <time dateTime={publishedAt ?? undefined}>{publishedAt?.slice(0, 10)}</time>
          </p>
        </article>
      ))}
    </main>
  )
}
