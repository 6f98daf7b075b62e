import type { Call, Given } from './call.ts';
import { literalOf, scriptOf } from './text.ts';
import { pathOf } from './writeCli.ts';

/** A whole program for the AWS SDK for JavaScript, version 3: an ES module to be run by node. */
export function writeSdk(call: Call): string {
  const isS3 = call.service === 's3';
  const [clientName, variable] = isS3 ? ['S3Client', 's3'] : ['KMSClient', 'kms'];
  const command = `${call.operation}Command`;
  const files = [...call.input.values()].some(given => ['file', 'text-file', 'customer-key'].includes(given.as))
    ? ['readFile']
    : [];
  if (call.output !== undefined) files.push('writeFile');
  const members = [...call.input].map(([member, given]) => `  ${member}: ${scriptOfGiven(member, given)},\n`);
  const input = members.length === 0 ? '{}' : `{\n${members.join('')}}`;
  return [
    ...(files.length === 0 ? [] : [`import { ${files.join(', ')} } from 'node:fs/promises';`]),
    `import { ${[clientName, command].toSorted().join(', ')} } from '@aws-sdk/client-${call.service}';`,
    '',
    `const ${variable} = new ${clientName}(${optionsOf(call)});`,
    `const answer = await ${variable}.send(new ${command}(${input}));`,
    ...(call.output === undefined
      ? ['console.log(answer);']
      : [
          `await writeFile(${literalOf(pathOf(call.output))}, answer.Body);`,
          'console.log(answer.$metadata.httpStatusCode, answer.ETag);',
        ]),
    '',
  ].join('\n');
}

/** Path-style as the request was; without credentials when nobody had signed. */
function optionsOf(call: Call): string {
  const options = [
    ...(call.region === undefined ? [] : [`region: ${literalOf(call.region)}`]),
    ...(call.endpoint === undefined ? [] : [`endpoint: ${literalOf(call.endpoint)}`]),
    ...(call.service === 's3' ? ['forcePathStyle: true'] : []),
    ...(call.isSigned ? [] : ['signer: { sign: async request => request }']),
  ];
  return options.length === 0 ? '{}' : `{ ${options.join(', ')} }`;
}

function scriptOfGiven(member: string, given: Given): string {
  switch (given.as) {
    case 'value':
      // The AWS CLI escapes the source of a copy itself; the SDK sends what it is given.
      if (member === 'CopySource' && typeof given.value === 'string') return literalOf(escapeSource(given.value));
      return scriptOf(given.value, '  ');
    case 'date':
      return `new Date(${literalOf(given.text)})`;
    case 'file':
      return `await readFile(${literalOf(pathOf(given.name))})`;
    case 'text-file':
      return `await readFile(${literalOf(given.name)}, 'utf8')`;
    case 'customer-key':
      return `(await readFile(${literalOf(given.name)})).toString('base64')`;
    case 'bytes':
      return `Uint8Array.from(atob(${literalOf(given.base64)}), mark => mark.charCodeAt(0))`;
  }
}

/** The source of a copy as it stands on the wire: name escaped, version apart. */
function escapeSource(source: string): string {
  const version = /\?versionId=[^?]*$/.exec(source)?.[0] ?? '';
  const name = source.slice(0, source.length - version.length);
  return `${name.split('/').map(encodeURIComponent).join('/')}${version}`;
}
