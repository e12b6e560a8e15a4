/** The name of an object, as requests spell it. */
export interface S3Object {
  readonly Bucket: string;
  readonly Key: string;
}

/** Where a person finds it. */
export function locationOf({ Bucket, Key }: S3Object): string {
  return `s3://${Bucket}/${Key}`;
}
