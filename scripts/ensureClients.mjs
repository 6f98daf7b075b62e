// Gets the AWS CLI and boto3 for the tests that drive the endpoint with them: what is there is used; on a Debian machine where this
// runs as root they are installed; elsewhere the tests name themselves skipped.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';

const works = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0;
const hasCli = () => ['aws', '/usr/bin/aws'].some(command => works(command, ['--version']));
const hasBoto = () => ['python3', '/usr/bin/python3'].some(command => works(command, ['-c', 'import boto3']));

if (!hasCli() || !hasBoto()) {
  const canInstall = process.platform === 'linux' && existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (canInstall) {
    console.log('clients: installing awscli and python3-boto3 with apt-get');
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const options = { stdio: 'inherit', env, timeout: 180_000 };
    spawnSync('/usr/bin/apt-get', ['update', '-qq'], options);
    spawnSync(
      '/usr/bin/apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'awscli', 'python3-boto3'],
      options,
    );
  }
}
console.log(`clients: AWS CLI ${hasCli() ? 'found' : 'not found, its tests are skipped'}`);
console.log(`clients: boto3 ${hasBoto() ? 'found' : 'not found, its tests are skipped'}`);
