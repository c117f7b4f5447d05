// Runs in the browser beside Swagger UI (/docs), before that starts: what its options do not offer.

// The plugin writes the page itself, without this line; phones would show it 980 pixels wide.
const viewport = document.createElement('meta')
viewport.name = 'viewport'
viewport.content = 'width=device-width, initial-scale=1'
document.head.append(viewport)

const kept = 'onrecord.docs.authorization'
const read = () => JSON.parse(sessionStorage.getItem(kept) ?? '{}')
const write = (values) => sessionStorage.setItem(kept, JSON.stringify(values))

/** Tokens survive a reload of the tab, and nothing else: Swagger UI's own option keeps them for good. */
const tokens = () => ({
  statePlugins: {
    auth: {
      wrapActions: {
        authorize: (original) => (payload) => {
          const given = Object.entries(payload).map(([name, { value }]) => [name, value])
          write({ ...read(), ...Object.fromEntries(given) })
          return original(payload)
        },
        logout: (original) => (names) => {
          write(Object.fromEntries(Object.entries(read()).filter(([name]) => !names.includes(name))))
          return original(names)
        }
      }
    }
  }
})

/** The filter looks for its words in the summary and the name of an operation too, not only in its path and group. */
const filter = () => ({
  fn: {
    opsFilter: (groups, phrase) => {
      const words = phrase.toLowerCase().split(/\s+/)
      const has = (text) => words.every((word) => text.toLowerCase().includes(word))
      return groups
        .map((group, tag) => {
          const found = group.get('operations').filter((one) => {
            const { summary = '', operationId = '' } = one.get('operation').toJS()
            return has(`${tag} ${one.get('method')} ${one.get('path')} ${operationId} ${summary}`)
          })
          return group.set('operations', found)
        })
        .filter((group) => group.get('operations').size > 0)
    }
  }
})

/** Plain text in the place of links within buttons, which nobody can reach by keyboard; opening an operation sets its address. */
const unnested = () => ({
  wrapComponents: {
    DeepLink:
      (_, { React }) =>
      ({ text }) =>
        React.createElement('span', null, text)
  }
})

/** What a reference to a part of the document stands for. */
function resolve(document, part) {
  if (part.$ref === undefined) return part
  const names = part.$ref.slice(2).split('/')
  return names.reduce(
    (value, name) => value[decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~')],
    document
  )
}

/** The document, with the examples of optional parameters in their descriptions: Swagger UI would send each of them. */
function withoutFilledIn(document) {
  const emptied = (schema) => {
    const { examples: _, ...own } = resolve(document, schema)
    return own.items ? { ...own, items: emptied(own.items) } : own
  }
  const changed = (parameter) => {
    if (parameter.$ref !== undefined || parameter.required) return parameter
    const schema = resolve(document, parameter.schema)
    const { example, examples, ...own } = parameter
    const [first = example] = schema.examples ?? resolve(document, schema.items ?? {}).examples ?? []
    const shown = first === undefined || schema.enum ? '' : ` For example: \`${[first].flat().join()}\`.`
    return { ...own, description: `${own.description ?? ''}${shown}`, schema: emptied(schema) }
  }
  for (const path of Object.values(document.paths))
    for (const operation of Object.values(path))
      if (operation.parameters) operation.parameters = operation.parameters.map(changed)
  const { parameters = {} } = document.components
  for (const [name, parameter] of Object.entries(parameters)) parameters[name] = changed(parameter)
  return document
}

const start = window.SwaggerUIBundle
window.SwaggerUIBundle = Object.assign((config) => {
  const ui = start({
    ...config,
    // The same document, compressed, and not sent again while it is the same.
    url: new URL(location.pathname.replace(/\/docs(\/.*)?$/, '/openapi.json'), location.origin).href,
    responseInterceptor: (response) => {
      if (new URL(response.url).pathname.endsWith('/openapi.json'))
        response.text = JSON.stringify(withoutFilledIn(JSON.parse(response.text)))
      return response
    },
    plugins: [...config.plugins, tokens, filter, unnested],
    onComplete: () => {
      for (const [name, value] of Object.entries(read())) ui.preauthorizeApiKey(name, value)
      document
        .querySelector('.operation-filter-input')
        ?.setAttribute('placeholder', 'Filter operations by words')
      document.querySelector('#servers')?.setAttribute('aria-label', 'Server')
    }
  })
  return ui
}, start)
