// Stands in for a process that does nothing that matters here.
process.send?.('ready')
setInterval(() => {}, 60_000)
process.on('SIGTERM', () => process.exit(0))
