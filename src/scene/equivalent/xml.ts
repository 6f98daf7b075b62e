import type { JsonValue } from '../../engine/index.ts';

/** How an element of a request is read: a text, a number, yes or no, a list of one kind, or members by element. */
export type Shape =
  | 'text'
  | 'integer'
  | 'boolean'
  | { readonly listOf: string; readonly each: Shape }
  | { readonly members: Readonly<Record<string, Member>> };
interface Member {
  readonly name: string;
  readonly shape: Shape;
  /** The element itself is repeated. */
  readonly isMany?: true;
}

const one = (name: string, shape: Shape = 'text'): Member => ({ name, shape });
const many = (name: string, shape: Shape = 'text'): Member => ({ name, shape, isMany: true });
const members = (of: Readonly<Record<string, Member>>): Shape => ({ members: of });
const flag = (name: string): Member => one(name, 'boolean');

export const BUCKET_ENCRYPTION = members({
  Rule: many(
    'Rules',
    members({
      ApplyServerSideEncryptionByDefault: one(
        'ApplyServerSideEncryptionByDefault',
        members({ SSEAlgorithm: one('SSEAlgorithm'), KMSMasterKeyID: one('KMSMasterKeyID') }),
      ),
      BucketKeyEnabled: flag('BucketKeyEnabled'),
      BlockedEncryptionTypes: one('BlockedEncryptionTypes', members({ EncryptionType: many('EncryptionType') })),
    }),
  ),
});
export const OBJECT_ENCRYPTION = members({
  'SSE-KMS': one('SSEKMS', members({ KMSKeyArn: one('KMSKeyArn'), BucketKeyEnabled: flag('BucketKeyEnabled') })),
});
export const MULTIPART_UPLOAD = members({
  Part: many(
    'Parts',
    members({
      PartNumber: one('PartNumber', 'integer'),
      ETag: one('ETag'),
      ChecksumCRC32: one('ChecksumCRC32'),
      ChecksumCRC32C: one('ChecksumCRC32C'),
      ChecksumCRC64NVME: one('ChecksumCRC64NVME'),
      ChecksumSHA1: one('ChecksumSHA1'),
      ChecksumSHA256: one('ChecksumSHA256'),
    }),
  ),
});
export const DELETE = members({
  Object: many('Objects', members({ Key: one('Key'), VersionId: one('VersionId'), ETag: one('ETag') })),
  Quiet: flag('Quiet'),
});
export const CREATE_BUCKET = members({ LocationConstraint: one('LocationConstraint') });
export const VERSIONING = members({ Status: one('Status'), MfaDelete: one('MFADelete') });
export const TAGGING = members({
  TagSet: one('TagSet', { listOf: 'Tag', each: members({ Key: one('Key'), Value: one('Value') }) }),
});
export const PUBLIC_ACCESS_BLOCK = members({
  BlockPublicAcls: flag('BlockPublicAcls'),
  IgnorePublicAcls: flag('IgnorePublicAcls'),
  BlockPublicPolicy: flag('BlockPublicPolicy'),
  RestrictPublicBuckets: flag('RestrictPublicBuckets'),
});
export const OWNERSHIP_CONTROLS = members({
  Rule: many('Rules', members({ ObjectOwnership: one('ObjectOwnership') })),
});

interface XmlNode {
  readonly name: string;
  readonly children: XmlNode[];
  text: string;
}

const MARK = /<\?[^>]*>|<!--[^>]*-->|<(\/?)([A-Za-z_][\w.:-]*)[^<>]*?(\/?)>|([^<]+)/gy;
const MAX_DEPTH = 16;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A body of elements and text as the structure it stands for; `undefined` when it is anything else. */
export function readXml(text: string, root: string, shape: Shape): JsonValue | undefined {
  const node = parse(text);
  return node?.name === root ? read(node, shape) : undefined;
}

function parse(text: string): XmlNode | undefined {
  const top: XmlNode = { name: '', children: [], text: '' };
  const open = [top];
  let end = 0;
  for (const match of text.matchAll(MARK)) {
    end = (match.index ?? 0) + match[0].length;
    const [, closes, name, isEmpty, words] = match;
    const current = open.at(-1);
    if (!current) return undefined;
    if (words !== undefined) current.text += words;
    if (name === undefined) continue;
    if (closes) {
      if (open.length === 1 || current.name !== name) return undefined;
      open.pop();
      continue;
    }
    const node: XmlNode = { name, children: [], text: '' };
    current.children.push(node);
    if (!isEmpty) open.push(node);
    if (open.length > MAX_DEPTH) return undefined;
  }
  return end === text.length && open.length === 1 && top.children.length === 1 ? top.children[0] : undefined;
}

function read(node: XmlNode, shape: Shape): JsonValue | undefined {
  if (shape === 'text') return unescapeXml(node.text);
  if (shape === 'boolean') return { true: true, false: false }[node.text.trim()];
  if (shape === 'integer') return /^\d{1,9}$/.test(node.text.trim()) ? Number(node.text) : undefined;
  if ('listOf' in shape) return readAll(node.children, shape.listOf, shape.each);
  const found = new Map<string, JsonValue>();
  for (const child of node.children) {
    const member = Object.hasOwn(shape.members, child.name) ? shape.members[child.name] : undefined;
    if (!member) return undefined;
    if (found.has(member.name)) continue;
    const value = member.isMany
      ? readAll(
          node.children.filter(each => each.name === child.name),
          child.name,
          member.shape,
        )
      : read(child, member.shape);
    if (value === undefined) return undefined;
    found.set(member.name, value);
  }
  return Object.fromEntries(found);
}

function readAll(nodes: readonly XmlNode[], name: string, shape: Shape): JsonValue | undefined {
  const values = nodes.map(node => (node.name === name ? read(node, shape) : undefined));
  const known = values.filter(value => value !== undefined);
  return known.length === values.length ? known : undefined;
}

function unescapeXml(text: string): string {
  return text.replaceAll(
    /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g,
    (whole, name, decimal, hex) => {
      if (name !== undefined) return ENTITIES[name] ?? whole;
      const code = Number.parseInt(decimal ?? hex, decimal === undefined ? 16 : 10);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}
