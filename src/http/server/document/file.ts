/** What `npm run openapi` wrote: to make it takes longer than a turn of the event loop may. A test keeps it true. */
export const documentFile = new URL('../../../../openapi/openapi.json', import.meta.url)
