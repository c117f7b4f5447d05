'use client'
import type { Schema } from 'onrecord-client'
import { type FormEvent, useEffect, useState } from 'react'
import { commentForm, postComment } from '../../comments.ts'

/** The form for a comment, where comments are taken. */
export function CommentForm({ article }: { article: string }) {
  const [asked, setAsked] = useState<Schema<'CommentForm'>>()
  const [told, tell] = useState('')
  useEffect(() => void commentForm(article).then(setAsked), [article])

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (!asked) return
    tell(await postComment(asked, new FormData(event.currentTarget)).catch(({ message }) => message))
    setAsked(await commentForm(article))
  }
  return (
    <form onSubmit={send} hidden={!asked?.open}>
      <p>
        <label>
          Your name <input name="name" maxLength={100} required />
        </label>
      </p>
      <p>
        <label>
          Your comment <textarea name="body" maxLength={10000} required />
        </label>
      </p>
      <p className="trap">
        <label>
          Leave this empty <input name="website" tabIndex={-1} autoComplete="off" />
        </label>
      </p>
      <p>
        <button type="submit">Send</button> <span role="status">{told}</span>
      </p>
    </form>
  )
}
