/** Categories of one column above which they are worth a warning. */
export const MANY_CATEGORIES = 50;
