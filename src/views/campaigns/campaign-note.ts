/** What people say about a campaign. It is no part of the campaign and of no result. */
export interface CampaignNote {
  readonly isStarred: boolean;
  readonly text: string;
}

/** Characters that a note may have. */
export const MAX_NOTE = 10_000;

/** The note of a campaign about which nothing was said. */
export const NO_NOTE: CampaignNote = { isStarred: false, text: '' };
