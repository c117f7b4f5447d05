// Numbers with what they count, as commands and messages say them.

/** "1 file", "2 files"; `several` is for nouns whose plural is no `s` at the end. */
export const withCount = (count: number, one: string, several = `${one}s`) =>
  `${count} ${count === 1 ? one : several}`
