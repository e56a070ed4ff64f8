export const THEMES = ['light', 'dark', 'system'] as const;
export type Theme = (typeof THEMES)[number];

const KEY = 'theme';
const prefersDark = matchMedia('(prefers-color-scheme: dark)');

let choice = $state<Theme>(stored());
let systemIsDark = $state(prefersDark.matches);

prefersDark.addEventListener('change', ({ matches }) => {
  systemIsDark = matches;
});

/** Light, dark, or as the system has it; kept in this browser. */
export const theme = {
  get choice(): Theme {
    return choice;
  },
  set choice(value: Theme) {
    choice = value;
    show();
    try {
      localStorage.setItem(KEY, value);
    } catch {
      // A private window may refuse: the choice then lasts as long as the page.
    }
  },
  /** What is on screen; charts read it to take their colours again. */
  get isDark(): boolean {
    return choice === 'system' ? systemIsDark : choice === 'dark';
  },
};

function stored(): Theme {
  try {
    return THEMES.find((name) => name === localStorage.getItem(KEY)) ?? 'system';
  } catch {
    return 'system';
  }
}

function show(): void {
  if (choice === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
}

show();
