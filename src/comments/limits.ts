// How much the site gives commenters and readers.

/** For how long its author may edit or delete a comment, in minutes. */
export const editMinutes = () => 15

/** How many readers must have reported a comment, since it was decided on, for it to wait for a moderator again. */
export const reportsToHold = () => 3
