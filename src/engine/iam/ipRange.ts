/** An IP address as a number, and how many bits its family has. */
interface Address {
  readonly bits: bigint;
  readonly width: 32 | 128;
}

const BYTE = /^(?:0|[1-9]\d{0,2})$/;
const GROUP = /^[0-9a-f]{1,4}$/i;

/** Whether a text is an IPv4 or IPv6 address or a range of them, such as `203.0.113.0/24`. */
export function isIpRange(text: string): boolean {
  return parseRange(text) !== undefined;
}

/** Whether an address lies in a range. Addresses of one family never lie in ranges of the other. */
export function isInRange(address: string, range: string): boolean {
  const asked = parseAddress(address);
  const wanted = parseRange(range);
  if (!asked || !wanted || asked.width !== wanted.width) return false;
  const ignored = BigInt(wanted.width - wanted.prefixLength);
  return asked.bits >> ignored === wanted.bits >> ignored;
}

function parseRange(text: string): (Address & { readonly prefixLength: number }) | undefined {
  const slash = text.indexOf('/');
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (!address) return undefined;
  if (slash < 0) return { ...address, prefixLength: address.width };
  const length = text.slice(slash + 1);
  if (!BYTE.test(length) || Number(length) > address.width) return undefined;
  return { ...address, prefixLength: Number(length) };
}

function parseAddress(text: string): Address | undefined {
  // The longest an address gets, in its mixed form.
  if (text.length > 45) return undefined;
  return text.includes(':') ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): Address | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some(part => !BYTE.test(part) || Number(part) > 255)) return undefined;
  return { bits: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n), width: 32 };
}

/** RFC 4291, section 2.2: eight groups, one run of zeros left out as `::`, the last two groups perhaps as IPv4. */
function parseIpv6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [left, right] = [groupsOf(halves[0] ?? '', halves.length === 1), groupsOf(halves[1] ?? '', true)];
  if (!left || !right) return undefined;
  const missing = 8 - left.length - right.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...left, ...Array.from({ length: missing }, () => 0n), ...right];
  return { bits: groups.reduce((sum, group) => sum * 65_536n + group, 0n), width: 128 };
}

function groupsOf(text: string, isEnd: boolean): bigint[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const last = parts.at(-1) ?? '';
  const mixed = isEnd && last.includes('.') ? parseIpv4(last) : undefined;
  const plain = mixed ? parts.slice(0, -1) : parts;
  if (plain.some(part => !GROUP.test(part))) return undefined;
  const groups = plain.map(part => BigInt(`0x${part}`));
  return mixed ? [...groups, mixed.bits >> 16n, mixed.bits & 0xffffn] : groups;
}
