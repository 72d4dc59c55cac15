import { useState } from 'preact/hooks';
import { openHelp } from './help.tsx';
import { currentTheme, toggleTheme } from './theme.ts';

/** Buttons of the masthead. */
export function Tools() {
  const [theme, setTheme] = useState(currentTheme());
  const other = theme === 'dark' ? 'Light' : 'Dark';
  return (
    <>
      <button type="button" class="quiet" onClick={() => openHelp()}>
        Keys <kbd>?</kbd>
      </button>
      <button type="button" class="quiet" onClick={() => setTheme(toggleTheme())}>
        <span aria-hidden="true">{theme === 'dark' ? '☀' : '☾'}</span> {other}
      </button>
    </>
  );
}
