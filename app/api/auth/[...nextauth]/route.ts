import type { AuthOptions } from 'next-auth'
import { serveNextAuth } from '#lib/http/next-auth.ts'
import { assertSameOrigin, originOf, problemResponse } from '#lib/http/route.ts'
import { log } from '#lib/platform/log.ts'
import { findPerson, type Person } from '#lib/tenancy/actor.ts'
import { SESSION_LIFE_MS } from '#lib/tenancy/policy.ts'
import { authCookies, authSecret, readSession } from '#lib/tenancy/read-session.ts'
import { signIn } from '#lib/tenancy/sign-in.ts'
import { signOut } from '#lib/tenancy/sign-out.ts'

const maxAge = SESSION_LIFE_MS / 1000

/** next-auth with what this request knows. `onFailure` hears what went wrong inside: next-auth would put it into a URL. */
function optionsFor(request: Request, onFailure: (error: unknown) => void): AuthOptions {
  const origin = originOf(request)
  let person: Person | null = null
  return {
    secret: authSecret(),
    session: { strategy: 'jwt', maxAge },
    jwt: { maxAge },
    pages: { signIn: '/login', signOut: '/login', error: '/login' },
    cookies: authCookies(),
    providers: [
      {
        id: 'credentials',
        name: 'Password',
        type: 'credentials',
        credentials: {},
        authorize: async (input: Record<string, string> | undefined) => {
          try {
            const { email = '', password = '' } = input ?? {}
            const oldToken = await readSession(request.headers.get('cookie'))
            const opened = await signIn({ email, password, ip: origin.ip, oldToken })
            return opened && { id: opened.token }
          } catch (error) {
            onFailure(error)
            return null
          }
        },
      },
    ],
    callbacks: {
      // `user` is what authorize returned, there only at sign-in
      jwt: async ({ token, user }) => {
        if (user) return { sid: user.id }
        person = typeof token.sid === 'string' ? await findPerson(token.sid, origin) : null
        if (!person) throw new Error('the session has ended')
        return { sid: token.sid }
      },
      session: async ({ session }) => ({ ...session, user: { name: person?.name, email: person?.email } }),
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid === 'string') await signOut(token.sid)
      },
    },
    logger: {
      error: (code, detail) => log[code === 'JWT_SESSION_ERROR' ? 'debug' : 'error']({ code, detail }, 'next-auth'),
      warn: (code) => log.debug({ code }, 'next-auth'),
      debug: () => {},
    },
  }
}

async function handle(request: Request, context: { params: Promise<{ nextauth: string[] }> }): Promise<Response> {
  const { requestId } = originOf(request)
  const failures: unknown[] = []
  try {
    // its own token guards against other sites; a browser that tells where it comes from is believed as well
    if (request.headers.has('origin')) assertSameOrigin(request)
    const { nextauth } = await context.params
    const response = await serveNextAuth(
      request,
      nextauth,
      optionsFor(request, (error) => failures.push(error)),
    )
    return failures.length > 0 ? problemResponse(failures[0], requestId) : response
  } catch (error) {
    return problemResponse(error, requestId)
  }
}

export { handle as GET, handle as POST }
