import type { Field, Grant } from './define-auth.ts'

/** Whose API token is pasted: Atlassian's products take it with the address of its account, and with no other name of theirs. */
export const accountField: Field = {
  name: 'email',
  label: 'E-mail',
  placeholder: 'you@acme.com',
  hint: 'That of the Atlassian account the token belongs to.',
  // a colon would end the name early (RFC 7617 section 2)
  clean: (text) => (/^[^\s@:]+@[^\s@:]+$/.test(text) && text.length <= 320 ? text : null),
  wrong: 'Enter the e-mail address of your Atlassian account.',
}

/** An API token goes with the address of its account (RFC 7617); a consent's goes alone. */
export function signAsAccount(headers: Headers, { token, config }: Grant): void {
  const pair = config?.email ? `Basic ${Buffer.from(`${config.email}:${token}`).toString('base64')}` : `Bearer ${token}`
  headers.set('authorization', pair)
}
