import type { Prisma } from '#lib/platform/db.ts'

/** Who can mend a connection: its member, or the owners and admins. */
export const mendersOf = ({ userId }: { userId: string | null }): Prisma.MembershipWhereInput => ({
  leftAt: null,
  ...(userId ? { userId } : { role: { in: ['owner', 'admin'] } }),
})
