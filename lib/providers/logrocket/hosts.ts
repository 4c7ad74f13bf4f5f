import type { Config } from '#lib/providers/define-api.ts'

/** LogRocket's own API and pages. */
export const origins = { api: 'https://api.logrocket.com', app: 'https://app.logrocket.com' }

/** The API of a LogRocket of one's own (Private Cloud); empty for LogRocket itself, also where its address was typed. */
export const ownBase = ({ baseUrl = '' }: Config): string => (baseUrl === origins.api ? '' : baseUrl)
