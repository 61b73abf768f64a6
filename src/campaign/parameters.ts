/** The value of a parameter; a list for a parameter with one entry for each layer, as in `hidden: [64, 32]`. */
export type ParameterValue = number | string | boolean | readonly (number | string | boolean)[];

/** A setting: the value of every parameter, in the order of the config. */
export type Parameters = Readonly<Record<string, ParameterValue>>;
