// The first of our code that a browser runs, before any schema is made.
import { config } from 'zod/v4/core'

// Each schema would try whether it may compile its checks: the policy of our pages refuses that, and reports it.
config({ jitless: true })
