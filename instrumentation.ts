/** Before the first request: what must not serve, does not start. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { boot } = await import('#lib/http/boot.ts')
  await boot()
}
