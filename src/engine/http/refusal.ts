/** What AWS answers instead of doing what it was asked, when the message itself is at fault. The service makes XML or JSON of it. */
export interface HttpRefusal {
  readonly status: number;
  /** AWS's error code. */
  readonly code: string;
  readonly message: string;
  /** Further elements of S3's error document, for example `ArgumentName`. */
  readonly extra?: Readonly<Record<string, string>>;
}
