/** What `catch` is given where a file may not be there: answers nothing then, and throws other errors. */
export function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
