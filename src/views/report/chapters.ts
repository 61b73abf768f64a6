import type { Campaign } from '../../campaign/campaign.js';
import type { Html } from './html.js';
import { askedSection } from './sections/asked-section.js';
import { confirmSection } from './sections/confirm-section.js';
import { curvesSection } from './sections/curves-section.js';
import { dataSection } from './sections/data-section.js';
import { decisionsSection, warningsSection } from './sections/decisions-section.js';
import { dropoutSection } from './sections/dropout-section.js';
import { errorsSection } from './sections/errors-section.js';
import { growSection } from './sections/grow-section.js';
import { parametersSection } from './sections/parameters-section.js';
import { reproduceSection } from './sections/reproduce-section.js';
import { searchSection } from './sections/search-section.js';
import { testSection } from './sections/test-section.js';

/** A chapter of the report: the id of its heading, its label in the contents, and what draws it. */
interface Chapter {
  readonly id: string;
  readonly label: string;
  /** Null where the campaign has nothing for this chapter. The version is that of the fitfirst that writes the report. */
  readonly section: (campaign: Campaign, version: string) => Html | null;
}

/** The chapters of the report, in order. A further one is a file in `sections/` and a line here. */
export const CHAPTERS: readonly Chapter[] = [
  { id: 'asked', label: 'What was asked', section: askedSection },
  { id: 'data', label: 'The data', section: dataSection },
  { id: 'grow', label: 'Grow', section: growSection },
  { id: 'search', label: 'Search', section: searchSection },
  { id: 'dropout', label: 'Dropout', section: dropoutSection },
  { id: 'confirm', label: 'Confirm', section: confirmSection },
  { id: 'curves', label: 'Learning curves', section: curvesSection },
  { id: 'parameters', label: 'Parameters', section: parametersSection },
  { id: 'test', label: 'Test', section: testSection },
  { id: 'errors', label: 'Errors', section: errorsSection },
  { id: 'warnings', label: 'Warnings', section: warningsSection },
  { id: 'decisions', label: 'Decisions', section: decisionsSection },
  { id: 'reproduce', label: 'Reproduce', section: reproduceSection },
];
