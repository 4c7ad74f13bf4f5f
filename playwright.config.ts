import { defineConfig, devices } from '@playwright/test'

// Run by scripts/test.ts, which chooses the Chromium and, unless E2E_APP_URL names a product that runs already, the ports
// and a fresh DATA_DIR of one to start.
const needed = (name: string): string => {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: run the browser tests with npm test -- e2e`)
  return value
}
const appUrl = needed('E2E_APP_URL')

/** The product under test; what it writes goes to a file, where a test looks for secrets. */
const productOf = (log: string) => ({
  command: `"${process.execPath}" scripts/start.ts > "${log}" 2>&1`,
  url: `${appUrl}/api/health/ready`,
  timeout: 600_000, // it builds first, if a source changed just now
  reuseExistingServer: false,
  gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 30_000 }, // else PostgreSQL would be cut off; as const: a union
})

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: needed('E2E_RESULTS'),
  fullyParallel: true,
  workers: 2,
  retries: process.env.CI ? 1 : 0, // named and not counted as passed; decision 29
  forbidOnly: Boolean(process.env.CI),
  timeout: 180_000, // a machine may be busy: no test is judged by how long it takes
  expect: { timeout: 45_000 },
  use: {
    baseURL: appUrl,
    trace: 'retain-on-failure',
    locale: 'en-GB',
    timezoneId: 'Asia/Kathmandu',
    launchOptions: {
      executablePath: needed('CHROMIUM_PATH'),
      // a test machine has neither a sandbox for root nor a graphics card, and the browser is to call nobody
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [{ name: 'chromium', use: devices['Desktop Chrome'] }],
  ...(process.env.E2E_START ? { webServer: productOf(needed('E2E_LOG')) } : {}),
})
