/** Fields of an address; null leaves one out, a list repeats it. */
export type AddressFields = Readonly<Record<string, string | number | readonly string[] | null>>;

/** The address of a page of a campaign, relative to that of the list. */
export function viewAddress(view: string, folder: string, fields: AddressFields = {}): string {
  const query = new URLSearchParams({ folder });
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === '') continue;
    for (const one of typeof value === 'object' ? value : [value]) query.append(name, String(one));
  }
  // A space as %20 is understood by all programs that take apart addresses.
  return `${view}?${query.toString().replaceAll('+', '%20')}`;
}
