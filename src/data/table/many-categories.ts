/** Categories of one column above which they are worth a warning. */
export const MANY_CATEGORIES = 50;

/** Categories that are proposed to have an input where there are many. */
export const FEW_CATEGORIES = 20;
