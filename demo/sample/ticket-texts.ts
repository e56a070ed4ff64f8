/** Category, subcategory and short description of a made-up ticket, without a comma. */
export type TicketText = readonly [category: string, subcategory: string, about: string];

/** Calls for a new password or an unlock. */
export const RESET_TEXTS: readonly TicketText[] = [
  ['Access', 'Password reset', 'Forgot my password'],
  ['Access', 'Password reset', 'Cannot sign in to Windows'],
  ['Access', 'Password reset', 'New password needed after holidays'],
  ['Access', 'Password reset', 'Account is locked'],
];

/** The same calls, filed by an operator in a hurry: nothing in them tells of a password. */
export const VAGUE_TEXTS: readonly TicketText[] = [
  ['Access', 'Sign-in', 'Cannot sign in'],
  ['Inquiry', 'General', 'Caller needs access again'],
];

/** Passwords of other systems, which the directory's log does not see. */
export const FOREIGN_TEXTS: readonly TicketText[] = [
  ['Business applications', 'Payroll', 'Password of the payroll system expired'],
  ['Business applications', 'Warehouse scanner', 'Password of the scanner terminal'],
  ['Network', 'Wireless', 'Password of the guest network'],
];

export const OTHER_TEXTS: readonly (readonly [TicketText, number])[] = [
  [['Hardware', 'Printer', 'Printer does not print'], 9],
  [['Hardware', 'Notebook', 'Notebook does not start'], 7],
  [['Hardware', 'Docking station', 'Reset the docking station'], 4],
  [['Software', 'Office', 'Add-in is missing'], 10],
  [['Software', 'Browser', 'Page does not load'], 6],
  [['Software', 'Installation', 'Please install the drawing program'], 8],
  [['Network', 'Remote access', 'No connection from home'], 7],
  [['Access', 'Shared folder', 'Please give access to the team folder'], 9],
  [['Access', 'Building', 'Unlock the door of the archive'], 2],
  [['Business applications', 'Payroll', 'Time sheet shows the wrong month'], 5],
];
