/** Each is an exception that a reader is to see in every report. */
export const MOST_WAIVERS = 100;

/** What is longer belongs where the reason points. */
export const LONGEST_REASON = 300;
