import type { JsonValue } from '../../engine/index.ts';
import type { Call, Given } from './call.ts';
import { dashed, isAtItsWord, jsonText, quoteShell } from './text.ts';

/** Options that the AWS CLI takes at their word whatever they start with. */
const AT_THEIR_WORD: ReadonlySet<string> = new Set(['WebsiteRedirectLocation']);

/** A command line for the AWS CLI, version 1 and 2, in a POSIX shell: lines that fill files first, then the command. */
export function writeCli(call: Call): string {
  const before: string[] = [];
  const options = [...call.input].map(([member, given]) => optionOf(member, given, before));
  const words = [
    `aws ${call.service === 's3' ? 's3api' : 'kms'} ${commandOf(call.operation)}`,
    ...(call.region === undefined ? [] : [`--region ${call.region}`]),
    ...(call.endpoint === undefined ? [] : [`--endpoint-url ${quoteShell(call.endpoint)}`]),
    ...(call.isSigned ? [] : ['--no-sign-request']),
    ...options,
    ...(call.output === undefined ? [] : [quoteShell(pathOf(call.output))]),
  ];
  return [...before, words.join(' \\\n  ')].join('\n');
}

/** A name as a path: what starts with a hyphen would be taken for an option. */
export function pathOf(name: string): string {
  return name.startsWith('-') ? `./${name}` : name;
}

/** The one name whose spelling does not follow from the operation’s. */
function commandOf(operation: string): string {
  return operation === 'ListObjectsV2' ? 'list-objects-v2' : dashed(operation);
}

function optionOf(member: string, given: Given, before: string[]): string {
  const option = `--${dashed(member)}`;
  switch (given.as) {
    case 'value':
      return valueOption(option, given.value, AT_THEIR_WORD.has(member), before);
    case 'date':
      return textOption(option, given.text);
    case 'file':
      // S3 bodies are named by their path; everywhere else bytes come from a file by this prefix, in both versions.
      return textOption(option, member === 'Body' ? pathOf(given.name) : `fileb://${given.name}`);
    case 'customer-key':
      return textOption(option, `fileb://${given.name}`);
    case 'text-file':
      return textOption(option, `file://${given.name}`);
    case 'bytes':
      before.push(`printf %s ${quoteShell(given.base64)} | base64 --decode > ${quoteShell(given.name)}`);
      return textOption(option, `fileb://${given.name}`);
  }
}

function valueOption(option: string, value: JsonValue, isAlwaysText: boolean, before: string[]): string {
  if (typeof value === 'boolean') return value ? option : option.replace('--', '--no-');
  if (typeof value !== 'string') return textOption(option, jsonText(value));
  if (isAlwaysText || isAtItsWord(value)) return textOption(option, value);
  const name = `${option.slice(2)}.txt`;
  before.push(`printf %s ${quoteShell(value)} > ${name}`);
  return textOption(option, `file://${name}`);
}

/** What starts with a hyphen would be taken for an option, unless it hangs on its own. */
function textOption(option: string, text: string): string {
  return `${option}${text.startsWith('-') ? '=' : ' '}${quoteShell(text)}`;
}
