import { existsSync } from 'node:fs';

const candidates = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const found = candidates.find((path): path is string => Boolean(path) && existsSync(String(path)));

/** Without these, Chromium talks to its maker in the background and fills logs on machines with no way out. */
const args = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Where the tests' Chromium is; an empty object means Playwright's own download. */
export const launchOptions: { executablePath?: string; args?: string[] } = found ? { executablePath: found, args } : {};

const firefox = '/usr/bin/firefox-esr';
/** Debian's Firefox, where the machine has it: the second browser of the end-to-end tests. */
export const firefoxPath = existsSync(firefox) ? firefox : undefined;
