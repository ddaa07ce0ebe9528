// Run by `cargo xtask pages`, `window`, `shots` and `bench window`, which build and prepare all that the specs need.
import { defineConfig } from '@playwright/test';

export default defineConfig({
  outputDir: 'test-results',
  reporter: [['list']],
  forbidOnly: true,
  // A spec that passes at the second try has not passed.
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  fullyParallel: true,
  use: {
    viewport: { width: 1366, height: 690 },
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--font-render-hinting=none'],
    },
  },
  projects: [
    { name: 'pages', testDir: 'pages' },
    // One window at a time: they share the screen in memory and the processors.
    { name: 'window', testDir: 'window', workers: 1, fullyParallel: false, timeout: 300_000 },
    { name: 'shots', testDir: 'shots', workers: 1 },
    { name: 'bench', testDir: 'bench', workers: 1, timeout: 600_000 },
  ],
});
