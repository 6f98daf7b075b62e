// Gets real S3 Encryption Clients for the tests that let them and the lab's client read each other: those of the AWS SDKs for Ruby and
// Go, as Debian packages them. What is there is used; on a Debian machine where this runs as root they are installed; elsewhere the
// tests name themselves skipped. Newer clients (Java, Python, Go v3 and v4, .NET …) are in no registry that can be counted on.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';

const works = (command, args, env = {}) =>
  spawnSync(command, args, { stdio: 'ignore', env: { ...process.env, ...env } }).status === 0;
const GO_ENVIRONMENT = { GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '', GOTOOLCHAIN: 'local' };
const CLIENTS = [
  {
    name: 'S3 Encryption Client for Ruby',
    packages: ['ruby-aws-sdk-s3', 'ruby-aws-sdk-kms'],
    isThere: () =>
      ['ruby', '/usr/bin/ruby'].some(ruby => works(ruby, ['-e', 'require "aws-sdk-s3"; require "aws-sdk-kms"'])),
  },
  {
    name: 'S3 Encryption Client for Go',
    packages: ['golang-go', 'golang-github-aws-aws-sdk-go-dev'],
    isThere: () =>
      ['go', '/usr/bin/go'].some(go =>
        works(go, ['list', 'github.com/aws/aws-sdk-go/service/s3/s3crypto'], GO_ENVIRONMENT),
      ),
  },
];

const missing = CLIENTS.filter(client => !client.isThere()).flatMap(client => client.packages);
const canInstall = process.platform === 'linux' && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
if (missing.length > 0 && canInstall) {
  console.log(`encryption clients: installing ${missing.join(', ')} with apt-get`);
  const options = { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 300_000 };
  spawnSync('/usr/bin/apt-get', ['update', '-qq'], options);
  spawnSync('/usr/bin/apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], options);
}
for (const { name, isThere } of CLIENTS) {
  console.log(`encryption clients: ${name} ${isThere() ? 'found' : 'not found, its tests are skipped'}`);
}
