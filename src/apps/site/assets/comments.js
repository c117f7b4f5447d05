// The form for comments, in the reader's browser: it talks to the API itself, so that limits and bans find the reader's
// own network. The secret that makes two comments one author's stays in this browser.
const section = document.querySelector('#comments')
const form = section.querySelector('form')
const told = section.querySelector('.told')
const title = section.querySelector('#answer-title')
const to = form.querySelector('.to')
const { article } = section.dataset
const keyName = 'onrecord-author-key'

let parentId = null
let asked

/** Asks whether comments are taken, and for what a comment must carry. */
async function ask() {
  const answer = await fetch(`/v1/articles/${article}/comment-form`)
  if (!answer.ok) throw new Error((await answer.json()).detail)
  asked = await answer.json()
  return asked
}

/** Solves the challenge: the proof of work that the library of ALTCHA makes. */
async function solved(challenge) {
  if (!globalThis.crypto?.subtle) throw new Error('Comments need a connection by https now.')
  const [{ solveChallenge }, { deriveKey }] = await Promise.all([
    import('/site/altcha/pow.js'),
    import('/site/altcha/algorithms/web/pbkdf2.js')
  ])
  const solution = await solveChallenge({ challenge, deriveKey })
  return btoa(JSON.stringify({ challenge, solution }))
}

function say(words) {
  told.textContent = words
}

function answerTo(button) {
  parentId = button?.dataset.reply ?? null
  const name = button?.closest('li').querySelector('b').textContent
  title.textContent = button ? `Answer ${name}` : 'Answer this story'
  to.hidden = button === undefined
  to.querySelector('span').textContent = button ? `To ${name}. ` : ''
  form.elements.body.focus()
}

/** Shows a comment that is public at once. */
function show({ id, author, body, depth }) {
  const item = document.createElement('li')
  item.id = id
  item.className = `depth-${depth}`
  const who = document.createElement('p')
  who.className = 'meta'
  const name = document.createElement('b')
  name.textContent = author.name
  who.append(name, ' · just now')
  const words = document.createElement('p')
  words.className = 'words'
  words.textContent = body
  item.append(who, words)
  const parent = parentId && document.getElementById(parentId)
  if (parent) parent.after(item)
  else section.querySelector('ol').append(item)
}

async function send() {
  const { name, body, website } = form.elements
  const comment = {
    author: { name: name.value, key: localStorage.getItem(keyName) ?? undefined },
    body: body.value,
    parentId,
    [asked.honeypot]: website.value,
    form: asked.form
  }
  await ask().catch(() => undefined)
  if (asked.challengeRequired && asked.challenge) {
    say('One moment: your browser proves that it is none of a thousand.')
    comment.proof = await solved(asked.challenge)
  }
  const answer = await fetch(`/v1/articles/${article}/comments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(comment)
  })
  const result = await answer.json()
  if (!answer.ok) throw new Error(result.detail)
  if (result.authorKey) localStorage.setItem(keyName, result.authorKey)
  if (result.status === 'approved') show(result)
  say(
    result.status === 'approved'
      ? 'Your comment is published.'
      : 'Thank you. Your comment waits for a moderator.'
  )
  body.value = ''
  answerTo()
}

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const button = form.querySelector('p > button:not([type])')
  button.disabled = true
  say('')
  try {
    await send()
  } catch (error) {
    say(error.message)
  }
  button.disabled = false
})
section.addEventListener('click', ({ target }) => {
  const button = target.closest('.reply')
  if (button) answerTo(button)
  if (target.closest('.whole')) answerTo()
})

try {
  const { open } = await ask()
  form.hidden = !open
  for (const button of section.querySelectorAll('.reply')) button.hidden = !open
  if (!open) say('Comments on this story are closed.')
} catch (error) {
  say(error.message)
}
