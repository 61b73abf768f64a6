import { writeSync } from 'node:fs';
import { runWindowed } from '../support/windowed-campaign.js';

// A program that runs the windowed campaign of the folder in its first argument, in as many slots as the second says.
// It prints a line for every event that is durable, so that the test can kill it anywhere.
const [, , folder = '', slots = '1', order = '1'] = process.argv;
await runWindowed(folder, Number(slots), Number(order), ({ type }) => writeSync(1, `${type}\n`));
