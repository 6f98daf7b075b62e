/** How long the browser may take to open what it saves, in milliseconds. */
const GRACE = 2000;

/** Hands a file to the browser’s downloads. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), GRACE);
}
