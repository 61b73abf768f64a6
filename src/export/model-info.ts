/** What a saved network does not know about itself. */
export interface ModelInfo {
  /** Name of the campaign that chose it. */
  readonly campaign: string;
  /** The version of fitfirst that exports it. */
  readonly version: string;
}
