/**
 * The header by which a browser saves what it gets, under this name:
 * https://www.rfc-editor.org/rfc/rfc6266. A name beyond plain ASCII is told twice, since who does
 * not read `filename*` reads the other.
 */
export function contentDisposition(fileName: string): string {
  const plain = fileName.replace(/[^ -~]|["\\%]/gu, '_');
  const header = `attachment; filename="${plain}"`;
  return plain === fileName ? header : `${header}; filename*=UTF-8''${extended(fileName)}`;
}

/** What `encodeURIComponent` leaves as it is, https://www.rfc-editor.org/rfc/rfc8187 does not. */
function extended(text: string): string {
  const hex = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(text).replace(/['()*]/g, hex);
}
