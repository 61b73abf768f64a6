/** The value of one parameter; a list where a parameter has one entry a layer, as in `hidden: [64, 32]`. */
export type ParameterValue = number | string | boolean | readonly (number | string | boolean)[];

/** A setting: the value of every parameter, in the order of the config. */
export type Parameters = Readonly<Record<string, ParameterValue>>;
