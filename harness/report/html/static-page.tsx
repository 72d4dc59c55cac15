/** A page of static HTML without any script, in the report's own style. */
import { dirname } from 'node:path';
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { HarnessError } from '../../domain/errors.ts';
import { makeFolder } from '../../domain/folder.ts';
import { writeAtomically } from '../atomic-write.ts';
import { loadAssets } from './assets.ts';
import { contentSecurityPolicy } from './csp.ts';
import { escaped } from './escaped.ts';
import { Product } from './view/product.tsx';

export interface StaticPage {
  /** What stands in the tab of the browser, before the product's name. */
  readonly title: string;
  readonly body: VNode;
}

/** The whole document. @throws HarnessError `report-write` if the style sheet was not built. */
export async function staticPage({ title, body }: StaticPage): Promise<string> {
  const { style } = await loadAssets();
  return [
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
    `<meta http-equiv="Content-Security-Policy" content="${escaped(contentSecurityPolicy({ style }))}">\n`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
    '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n',
    `<title>${escaped(`${title} · Cutover Parity`)}</title>\n`,
    `<style>${style}</style>\n</head>\n<body>\n`,
    renderToString(body),
    '\n</body>\n</html>\n',
  ].join('');
}

/** Head and foot around what the page is about. */
export function Frame(props: {
  heading: string;
  about: ComponentChildren;
  version: string;
  children: ComponentChildren;
}) {
  return (
    <>
      <header class="masthead">
        <Product />
        <h1 class="page-title">{props.heading}</h1>
        <p class="muted">{props.about}</p>
      </header>
      <main>{props.children}</main>
      <footer class="foot muted">cutover-parity {props.version}</footer>
    </>
  );
}

/** @throws HarnessError `report-write`. */
export async function writeStaticPage(file: string, page: string): Promise<void> {
  await makeFolder(dirname(file)).catch((cause: Error) => {
    throw new HarnessError('report-write', `cannot write ${file}: ${cause.message}`, {
      cause,
      hint: 'Choose another file with --html.',
    });
  });
  await writeAtomically(file, [page]);
}
