/** Errors that no command line can provoke, each with the reason. */
export const NOT_PROVOKED: Readonly<Record<string, string>> = {
  'archive/pseudonyms/pseudonymise: the copy still held … names or ids of the original and was deleted; the first: …':
    'a guard: a name that the copy keeps would be a bug',
  'commands/at-work: the question was not answered; nothing was written':
    'needs a person at a terminal who presses Ctrl-C',
  'commands/init-files: cannot write …: …':
    'the folder has been made a moment before: only a full disk could refuse the file',
  'http/by-source: nothing was set up to ask …': 'a guard: only sources that were set up are asked',
  'http/dispatchers: … is no origin: expected https://host or https://host:port, without a path':
    'the scenario is checked for it before; who uses the package as a library can come here',
  'http/live-transport: … was asked, but the scenario does not say how to reach it':
    'a guard: only sources that were set up are asked',
  'http/live-transport: no restricted client is known for …': 'a guard: it is asked only where such a client is known',
  'http/recording/exchange-log: … changed while it was being read':
    'another program must change the file between two reads of one run',
  'http/recording/recorder: … changed while it was being written':
    'another program must change the file while one run writes it and reads a line again',
  'index: neither a scenario nor a folder was given': 'of the package as a library, not of a command',
  'playwright/capture: the tests of … were listed from an earlier capture of this machine':
    'of the Playwright front end, not of a command',
  'playwright/captured: … was not captured as its file is now': 'of the Playwright front end, not of a command',
  'playwright/captured: … holds no finding …: the capture and its run do not belong together':
    'of the Playwright front end, not of a command',
  'report/html/assets: the browser part of the HTML report is missing: … was never built':
    'of a package that was not built whole',
  'report/pdf/browser: no Chromium, Chrome or Edge was found, which a PDF needs':
    'of a machine without a browser; its own test provokes it',
  'runner/merge: no shard is given': 'of the package as a library: the command line asks for a folder',
  'sandbox/control/routes: … is no date as yyyy-MM-dd':
    "the answer to a request of the sandbox's page, not of a command",
  'sandbox/state: the world stands at …: it cannot go back to …':
    "the answer to a request of the sandbox's page, not of a command",
};
