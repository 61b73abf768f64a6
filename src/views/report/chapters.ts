import type { Campaign } from '../../campaign/campaign.js';
import type { StageRole } from '../../campaign/plan.js';
import type { Html } from './html.js';
import { askedSection } from './sections/asked-section.js';
import { confirmSection } from './sections/confirm-section.js';
import { curvesSection } from './sections/curves-section.js';
import { dataSection } from './sections/data-section.js';
import { decisionsSection, warningsSection } from './sections/decisions-section.js';
import { diagnosisSection } from './sections/diagnosis-section.js';
import { errorsSection } from './sections/errors-section.js';
import { frontSection } from './sections/front-section.js';
import { growSection } from './sections/grow-section.js';
import { historySection } from './sections/history-section.js';
import { importanceSection } from './sections/importance-section.js';
import { parallelSection } from './sections/parallel-section.js';
import { parametersSection } from './sections/parameters-section.js';
import { raceSection } from './sections/race-section.js';
import { type ReportOrigin, reproduceSection } from './sections/reproduce-section.js';
import { searchSection } from './sections/search-section.js';
import { selectSection } from './sections/select-section.js';
import { testSection } from './sections/test-section.js';
import { timelineSection } from './sections/timeline-section.js';
import { withoutResultSection } from './sections/without-result-section.js';
import { stageTitle } from './stage-title.js';

/** A chapter of the report: the id of its heading, its label in the contents, and what draws it. */
interface Chapter {
  readonly id: string;
  readonly label: string;
  /** Null where the campaign has nothing for this chapter. */
  readonly section: (campaign: Campaign, origin: ReportOrigin) => Html | null;
}

/** The chapters before those of the stages, in order. A further one is a file in `sections/` and a line here. */
const BEFORE_STAGES: readonly Chapter[] = [
  { id: 'asked', label: 'What was asked', section: askedSection },
  { id: 'data', label: 'The data', section: dataSection },
];

/** What draws a stage, by what the stage is for. The finish is in the chapter of the test. */
const STAGE_SECTIONS: Readonly<Record<StageRole, (campaign: Campaign, stage: string) => Html | null>> = {
  search: searchSection,
  grow: growSection,
  race: raceSection,
  select: selectSection,
  confirm: confirmSection,
  finish: () => null,
};

/** The chapters after those of the stages, in order. */
const AFTER_STAGES: readonly Chapter[] = [
  { id: 'front', label: 'Pareto front', section: frontSection },
  { id: 'curves', label: 'Learning curves', section: curvesSection },
  { id: 'parameters', label: 'Parameters', section: parametersSection },
  { id: 'importance', label: 'Importance', section: importanceSection },
  { id: 'parallel', label: 'All parameters', section: parallelSection },
  { id: 'history', label: 'The best so far', section: historySection },
  { id: 'test', label: 'Test', section: testSection },
  { id: 'errors', label: 'Errors', section: errorsSection },
  { id: 'without-result', label: 'No result', section: withoutResultSection },
  { id: 'diagnosis', label: 'Diagnosis', section: diagnosisSection },
  { id: 'warnings', label: 'Warnings', section: warningsSection },
  { id: 'decisions', label: 'Decisions', section: decisionsSection },
  { id: 'timeline', label: 'How it ran', section: timelineSection },
  { id: 'reproduce', label: 'Reproduce', section: reproduceSection },
];

/** A chapter that a campaign has. */
interface WrittenChapter {
  readonly id: string;
  readonly label: string;
  readonly text: Html;
}

/**
 * Draws the chapters that a campaign has, in order; each stage of its plan has one. It stops after each chapter, table
 * and picture, so that a program that has something else to do can do it.
 */
export function* drawChapters(
  campaign: Campaign,
  origin: ReportOrigin,
): Generator<undefined, WrittenChapter[]> {
  const stages = (campaign.facts?.plan.stages ?? []).map(
    ({ name, role }): Chapter => ({
      id: name,
      label: stageTitle(name),
      section: () => STAGE_SECTIONS[role](campaign, name),
    }),
  );
  const written: WrittenChapter[] = [];
  for (const { id, label, section } of [...BEFORE_STAGES, ...stages, ...AFTER_STAGES]) {
    const text = section(campaign, origin);
    yield;
    if (text === null) continue;
    yield* text.draw();
    written.push({ id, label, text });
  }
  return written;
}
