/** Why nothing comes of it any more. */
export const LATE_WORDS = 'The gate has decided already: this run will not notice.';
