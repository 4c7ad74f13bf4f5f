// The step of `npm run check` that holds the imports against .dependency-cruiser.mjs.
import { readGraph } from './lib/graph.ts'

/** Far below what there is: an empty graph has no violations either. */
const FEWEST_MODULES = 150

const { modules, violations } = await readGraph()
for (const { rule, from, to } of violations) console.error(`${rule}: ${from} -> ${to}`)
console.log(`${modules} modules, ${violations.length} violations`)
if (modules < FEWEST_MODULES) console.error(`fewer than ${FEWEST_MODULES} modules: the cruiser did not see the sources`)
process.exitCode = violations.length > 0 || modules < FEWEST_MODULES ? 1 : 0
