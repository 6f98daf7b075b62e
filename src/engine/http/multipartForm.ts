/** Browser uploads: `multipart/form-data` as S3's POST Object takes it. */
import { type Bytes, textOf } from '../bytes/bytes.ts';
import { findHeader, gather, type HttpRequest } from './message.ts';
import { type FormPart, readParts } from './multipartParts.ts';
import type { HttpRefusal } from './refusal.ts';

export interface FormUpload {
  /** The fields before the file, by name in lowercase, in the order they came. The first of several counts. */
  readonly fields: ReadonlyMap<string, string>;
  readonly file: {
    /** A window onto the body, not a copy. */
    readonly bytes: Bytes;
    /** Without folders, for `${filename}`. */
    readonly fileName: string;
    /** Media type of the part; empty when it names none. */
    readonly type: string;
  };
}

/** S3 takes at most so many bytes of fields before the file. */
const MAX_FIELD_BYTES = 20 * 1024;

const argument = (message: string, name: string, value: string): HttpRefusal => ({
  status: 400,
  code: 'InvalidArgument',
  message,
  extra: { ArgumentName: name, ArgumentValue: value },
});
const MALFORMED: HttpRefusal = {
  status: 400,
  code: 'MalformedPOSTRequest',
  message: 'The body of your POST request is not well-formed multipart/form-data.',
};
const WRONG_TYPE: HttpRefusal = {
  status: 412,
  code: 'PreconditionFailed',
  message: 'At least one of the pre-conditions you specified did not hold',
  extra: { Condition: 'Bucket POST must be of the enclosure-type multipart/form-data' },
};
const TOO_MUCH_BEFORE_FILE: HttpRefusal = {
  status: 400,
  code: 'MaxPostPreDataLengthExceeded',
  message: 'Your POST request fields preceding the upload file were too large.',
};

/** Reads the form. Fields after `file` do not count. @returns what S3 answers when it is none */
export function readForm(request: HttpRequest): FormUpload | { readonly refusal: HttpRefusal } {
  const type = findHeader(request, 'content-type') ?? '';
  if (!/^multipart\/form-data[ \t]*(?:;|$)/i.test(type)) return { refusal: WRONG_TYPE };
  const boundary = /;[ \t]*boundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/i.exec(type);
  const parts = boundary && readParts(gather(request.body), boundary[1] ?? boundary[2] ?? '');
  if (!parts) return { refusal: MALFORMED };

  const isFile = (part: FormPart) => part.name.toLowerCase() === 'file';
  const first = parts.findIndex(isFile);
  const before = first < 0 ? parts : parts.slice(0, first);
  const fieldBytes = before.reduce((sum, { name, bytes }) => sum + name.length + bytes.length, 0);
  if (fieldBytes > MAX_FIELD_BYTES) return { refusal: TOO_MUCH_BEFORE_FILE };
  const files = parts.filter(isFile);
  const [file] = files;
  if (file === undefined || files.length > 1) {
    const count = String(files.length);
    return { refusal: argument('POST requires exactly one file upload per request.', 'file', count) };
  }
  const fields = new Map<string, string>();
  for (const { name, bytes } of before) {
    if (!fields.has(name.toLowerCase())) fields.set(name.toLowerCase(), textOf(bytes));
  }
  const fileName = file.fileName.split(/[/\\]/).at(-1) ?? '';
  return { fields, file: { bytes: file.bytes, fileName, type: file.type } };
}
