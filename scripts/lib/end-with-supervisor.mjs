// node --import: ends this process when its supervisor is gone, however that died.
// Only in the supervisor's own child: `next dev` forks with the same arguments, and its fork's channel is Next's.
const GRACE_MS = 5000

if (process.channel && process.ppid === Number(process.env.SUPERVISOR_PID)) {
  process.channel.unref()
  process.on('disconnect', () => {
    process.kill(process.pid, 'SIGTERM')
    setTimeout(() => process.exit(1), GRACE_MS).unref()
  })
}
