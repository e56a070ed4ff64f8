export type IconName =
  | 'check'
  | 'warn'
  | 'cross'
  | 'off'
  | 'up'
  | 'down'
  | 'same'
  | 'open'
  | 'wait';
