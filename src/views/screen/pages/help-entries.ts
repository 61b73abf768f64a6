type Entry = readonly [sign: string, meaning: string];

/** The keys of the screen, and what they do. */
export const KEYS: readonly Entry[] = [
  ['p', 'pause: no new trials start; again: resume'],
  ['q, Ctrl-C', 'running trials finish, then it stops; press again to stop at once'],
  ['↑ ↓, Enter', 'select a running trial; open it; Esc: back'],
  ['t', 'all trials, ended ones too; Enter: open one'],
  ['c', 'all settings of a stage compared; Enter: its trials; Tab: the next stage'],
  ['s, r', 'sort by the next column (← → too); reverse'],
  ['/', 'filter a list: failed, !failed, dropout=0.5, dropout>0.2; Esc clears'],
  ['f', 'failed trials, newest first; reason and log'],
  ['k', 'stop the selected trial for good'],
  ['h', 'the history of all decisions; ↑ ↓ scroll'],
  ['Ctrl-Z', 'to the shell; fg: back to the screen; bg: continue without it'],
  ['Ctrl-L', 'redraw the screen'],
  ['?', 'this help, and back'],
];

/** The signs on the screen, and what they mean. */
export const SIGNS: readonly Entry[] = [
  ['● ◐ ○', 'stage done, running, to come'],
  ['✔ 3/3', 'fits on 3 of the 3 repeats of its best setting; ✗ does not; ◐ being tried'],
  ['├──●──┤', 'mean ± standard error; ┊ is the baseline'],
  ['×4, 2/4', '4 repeats done; 2 of 4 done'],
  ['stopped early', 'ended because it fell behind; cannot win'],
  ['front', 'on the Pareto front: no setting is better in one objective and not worse in others'],
  ['ahead', 'may be needed next; runs on a free worker'],
  ['about 5 min', 'time for the planned trials; more may come'],
];
