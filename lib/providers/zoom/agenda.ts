import { withoutAddresses } from '#lib/providers/without-addresses.ts'

const MOST_LETTERS = 2_000 // as many as Zoom takes (developers.zoom.us/docs/api/meetings)

/** How an invitation begins, or says with what one gets in, where people paste one: by its address, or the word in Zoom's languages. */
const INVITATION = new RegExp(
  [
    String.raw`\bpwd=|\bzoom(?:gov)?\.us\b|\b(?:meeting|webinar)[-\s]?id\b|id d[ae] r[eé]uni`,
    // by telephone: what is dialled after the number, and a PIN that has a number or is written like one
    String.raw`,,[\d\s]{6}|\bpin(?:[-\s]?code)?\b(?:\s*[:：=]|\D{0,12}\d{4})|^\W*pin(?:[-\s]?code)?\W*$`,
    String.raw`pass[-\s]?(?:code|word|wort|phrase)|\bpwd\b|kenn(?:code|wort)|toegangscode|wachtwoord|adgangskode|lösenord`,
    String.raw`access[-\s]?code|(?:zugangs|zugriffs|einwahl)[-\s]?code`,
    'code secret|code d.accès|mot de passe|código|contraseña|senha|codice|kod dostępu|hasło|şifre|mật mã',
    'пароль|код доступа|パスコード|パスワード|密码|密碼|암호',
  ].join('|'),
  'i',
)

/** What is written about a meeting, up to an invitation that was pasted into it: who has its passcode can get in. */
export function agendaText(agenda = ''): string {
  const lines = agenda.slice(0, MOST_LETTERS).split('\n')
  const end = lines.findIndex((line) => INVITATION.test(line))
  return withoutAddresses(lines.slice(0, end === -1 ? undefined : end).join('\n')).trim()
}
