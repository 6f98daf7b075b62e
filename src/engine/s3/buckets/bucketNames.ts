const PREFIXES = ['xn--', 'sthree-', 'amzn-s3-demo-'];
const SUFFIXES = ['-s3alias', '--ol-s3', '.mrap', '--x-s3', '--table-s3'];

/** Whether a general purpose bucket may have this name (S3 user guide, "General purpose bucket naming rules"). */
export function isBucketName(name: string): boolean {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) || name.includes('..')) return false;
  const isAddress = /^\d{1,3}(?:\.\d{1,3}){3}$/.test(name);
  return (
    !isAddress && !PREFIXES.some(prefix => name.startsWith(prefix)) && !SUFFIXES.some(suffix => name.endsWith(suffix))
  );
}
