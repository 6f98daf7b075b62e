// The test command gets itself a browser: one that is there, Playwright's own, Debian's package, or a download.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { chromium } from 'playwright';

const installed = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const isThere = () => installed.some(path => path && existsSync(path)) || existsSync(chromium.executablePath());
const run = (command, args) => {
  console.log(`> ${command} ${args.join(' ')}`);
  return spawnSync(command, args, { stdio: 'inherit', timeout: 300_000 }).status === 0;
};

if (!isThere() && process.platform === 'linux' && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0) {
  run('apt-get', ['update']);
  run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium']);
}
if (!isThere()) run('npx', ['playwright', 'install', 'chromium']);
if (!isThere()) {
  console.error(
    'No Chromium to test with. Install one (on Debian or Ubuntu: apt-get install chromium; elsewhere: npx playwright install chromium),\n' +
      'or set CHROMIUM_PATH to the browser you have.',
  );
  process.exit(1);
}
