/**
 * What a page of `fitfirst serve` shows of the text of a `report.html` that this version wrote: all but its name and
 * its footer. Null if the text has another form.
 */
export function reportContents(text: string): string | null {
  const [, header, chapters] = PAGE.exec(text) ?? [];
  return header === undefined || chapters === undefined ? null : `${header}\n${chapters}`;
}

/** Names and texts of a campaign are escaped, so no tag is one of theirs. */
const PAGE =
  /\n<header>\n<h1>[^<]*<\/h1>\n(.*?)\n<\/header>\n<main>\n(.*)\n<\/main>\n<footer>[^<]*<\/footer>\n<\/body>/s;
