/** Where the code raises its errors: found in what was built, and held against what V8 says was executed. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';

const DIST = fileURLToPath(new URL('../../../../dist', import.meta.url));
const CLASSES: ReadonlySet<string> = new Set(['HarnessError', 'ScenarioInvalidError', 'InvalidArgumentError']);

interface Site {
  /** `runner/merge.ts: shard … is missing`: the message as it is written, variables left open. */
  readonly name: string;
  readonly url: string;
  readonly offset: number;
}

/** As NODE_V8_COVERAGE writes it. */
interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly ranges: readonly { readonly startOffset: number; readonly endOffset: number; readonly count: number }[];
    }[];
  }[];
}

/** Every `new HarnessError(…)` and its like. */
export class CallSites {
  readonly #sites: readonly Site[];
  readonly #reached = new Set<Site>();

  private constructor(sites: readonly Site[]) {
    this.#sites = sites;
  }

  static async find(): Promise<CallSites> {
    const names = (await readdir(DIST, { recursive: true })).filter((name) => name.endsWith('.js')).sort();
    const sites: Site[] = [];
    for (const name of names) {
      const text = await readFile(path.join(DIST, name), 'utf8');
      if ([...CLASSES].some((type) => text.includes(`new ${type}(`))) sites.push(...sitesIn(name, text));
    }
    return new CallSites(sites);
  }

  /** @param text one file of NODE_V8_COVERAGE */
  reached(text: string): void {
    const { result } = JSON.parse(text) as Coverage;
    const scripts = new Map(result.map((script) => [script.url, script.functions]));
    for (const site of this.#sites) {
      const ranges = (scripts.get(site.url) ?? [])
        .flatMap((one) => one.ranges)
        .filter(({ startOffset, endOffset }) => startOffset <= site.offset && site.offset < endOffset)
        .sort((a, b) => a.endOffset - a.startOffset - (b.endOffset - b.startOffset));
      if ((ranges[0]?.count ?? 0) > 0) this.#reached.add(site);
    }
  }

  /** In the order of files; those of one name count together. */
  get untouched(): string[] {
    const touched = new Set([...this.#reached].map(({ name }) => name));
    return [...new Set(this.#sites.map(({ name }) => name))].filter((name) => !touched.has(name));
  }

  get count(): number {
    return this.#sites.length;
  }
}

function sitesIn(name: string, text: string): Site[] {
  const file = name.split(path.sep).join('/').replace(/\.js$/, '');
  const url = pathToFileURL(path.join(DIST, name)).href;
  const sites: Site[] = [];
  const source = ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isNewExpression(node) && CLASSES.has(node.expression.getText())) {
      sites.push({ name: `${file}: ${wordsOf(node)}`, url, offset: node.getStart() });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return sites;
}

function wordsOf(node: ts.NewExpression): string {
  const message = node.arguments?.[node.expression.getText() === 'HarnessError' ? 1 : 0];
  return message === undefined ? '' : piecesOf(message);
}

function piecesOf(node: ts.Expression): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('…');
  }
  return '…';
}
