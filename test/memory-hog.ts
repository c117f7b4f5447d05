// A task for a worker thread that takes whatever memory there is.
export function eat(): never {
  const eaten: object[] = []
  for (;;) eaten.push({ at: [eaten.length], text: `words ${eaten.length}` })
}
