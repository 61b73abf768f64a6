import { brushScript } from './scripts/brush-script.js';
import { choicesScript } from './scripts/choices-script.js';
import { liveScript } from './scripts/live-script.js';
import { noteScript } from './scripts/note-script.js';
import { tableScript } from './scripts/table-script.js';

/** The script of the served pages. They work without it, but do not follow a campaign. */
export const pageScript = `'use strict';${tableScript}${liveScript}${choicesScript}${brushScript}${noteScript}`;
