/**
 * What somebody meant to paste: without the spaces, line breaks and quotes around it, and without the words of the header
 * it was copied from.
 */
export function cleanKey(text: string): string {
  const bare = text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^(["'`“‘])(.*)(["'`”’])[,;]?$/, '$2')
    .replace(/^authorization:\s*/i, '')
    .replace(/^(?:bearer|token)\s+/i, '')
    .trim()
  return bare === text ? bare : cleanKey(bare)
}

/** `of` lists who takes it too: one maker's tokens open several products. */
type Known = { prefix: string; maker: string; what: string; of?: readonly string[] }

const atlassian = ['Jira', 'Confluence', 'Bitbucket']

/** How the keys of well-known tools begin, as their makers publish it; a longer one stands before what it begins with. */
const known: readonly Known[] = [
  { prefix: 'github_pat_', maker: 'GitHub', what: 'token' },
  ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map((prefix) => ({ prefix, maker: 'GitHub', what: 'token' })),
  { prefix: 'glpat-', maker: 'GitLab', what: 'token' },
  ...['xoxb-', 'xoxp-', 'xoxe.', 'xoxe-', 'xapp-'].map((prefix) => ({ prefix, maker: 'Slack', what: 'token' })),
  ...['sntryi_', 'sntryu_', 'sntrys_', 'sntrya_'].map((prefix) => ({ prefix, maker: 'Sentry', what: 'token' })),
  { prefix: 'sk-or-', maker: 'OpenRouter', what: 'key' },
  { prefix: 'sk-ant-', maker: 'Anthropic', what: 'key' },
  { prefix: 'sk-proj-', maker: 'OpenAI', what: 'key' },
  { prefix: 'ntn_', maker: 'Notion', what: 'token' },
  { prefix: 'ATATT', maker: 'Atlassian', what: 'token', of: atlassian },
  { prefix: 'ATCTT', maker: 'Atlassian', what: 'token', of: atlassian },
  { prefix: 'AKIA', maker: 'AWS', what: 'key' },
  { prefix: 'AIza', maker: 'Google', what: 'key' },
  { prefix: 'ya29.', maker: 'Google', what: 'token' },
  { prefix: 'sk_live_', maker: 'Stripe', what: 'key' },
  { prefix: 'sk_test_', maker: 'Stripe', what: 'key' },
  { prefix: 'npm_', maker: 'npm', what: 'token' },
  { prefix: 'lin_api_', maker: 'Linear', what: 'key' },
  { prefix: 'figd_', maker: 'Figma', what: 'token' },
]

const vowel = /^(?:[aeiou]|npm)/i
const withArticle = (words: string): string => `${vowel.test(words) ? 'an' : 'a'} ${words}`

/** What to say of a key that begins like another tool's; null where it may well be `name`'s. Never says more of it than its beginning. */
export function foreignKey(key: string, name: string, noun: string): string | null {
  const found = known.find(({ prefix }) => key.startsWith(prefix))
  if (!found || found.maker === name || found.of?.includes(name)) return null
  const own = known.find(({ maker }) => maker === name)?.what ?? noun
  const looks = withArticle(`${found.maker} ${found.what}`)
  return `This looks like ${looks} (${found.prefix}…), not ${withArticle(`${name} ${own}`)}.`
}
