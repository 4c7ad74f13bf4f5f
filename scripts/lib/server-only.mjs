// node --import: `import 'server-only'` is answered by Next's bundler; in plain Node it throws. Here it is nothing.
import { registerHooks } from 'node:module'

const nothing = { url: 'data:text/javascript,', shortCircuit: true }
registerHooks({
  resolve: (specifier, context, next) => (specifier === 'server-only' ? nothing : next(specifier, context)),
})
