/** The roles that may read what was done in their organization. */
export const auditReaders = ['owner', 'admin', 'reviewer'] as const

/** The roles that also see from which address it was done. */
const addressReaders: readonly string[] = ['owner', 'admin']

type Holder = { role: string | null }

/** Whether this actor may read the audit log. */
export const mayReadAudit = ({ role }: Holder): boolean => auditReaders.some((reader) => reader === role)

/** Whether this actor sees the addresses in it. */
export const maySeeAddresses = ({ role }: Holder): boolean => role !== null && addressReaders.includes(role)
