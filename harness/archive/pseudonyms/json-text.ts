/** Rewrites the texts within a JSON text and leaves every other byte as it is: figures keep their literal text. */

export interface JsonRewriter {
  /** @param path names of the fields around it, outermost first; lists add nothing */
  text(value: string, path: readonly string[]): string;
  /** @param literal as written: `23.740` */
  number(literal: string, path: readonly string[]): string;
  name(name: string, path: readonly string[]): string;
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|-?\d[\d.eE+-]*/gs;

interface Frame {
  readonly isObject: boolean;
  awaitsName: boolean;
}

/** @param json valid JSON, however deep */
export function rewriteJson(json: string, rewriter: JsonRewriter): string {
  const walk = new Walk();
  return json.replaceAll(TOKEN, (token) => {
    if (!token.startsWith('"')) return walk.mark(token) ? token : rewriter.number(token, walk.path);
    const value = JSON.parse(token) as string;
    const rewritten = walk.names(value) ? rewriter.name(value, walk.path) : rewriter.text(value, walk.path);
    return rewritten === value ? token : JSON.stringify(rewritten);
  });
}

/** Where in the text one is: with a list of its own, since bodies may be nested deeper than the stack. */
class Walk {
  readonly path: string[] = [];
  readonly #frames: Frame[] = [];

  /** @returns whether the text is the name of a field, which is then the path's last */
  names(text: string): boolean {
    const frame = this.#frames.at(-1);
    if (frame?.awaitsName !== true) return false;
    frame.awaitsName = false;
    this.path.push(text);
    return true;
  }

  /** @returns false if the token is none of `{ } [ ] : ,` */
  mark(token: string): boolean {
    const frame = this.#frames.at(-1);
    if (token === '{' || token === '[') this.#frames.push({ isObject: token === '{', awaitsName: token === '{' });
    else if (token === '}' || token === ']') {
      // A last field has no comma behind it; an empty object never had a name.
      if (frame?.isObject === true && !frame.awaitsName) this.path.pop();
      this.#frames.pop();
    } else if (token === ',') {
      if (frame?.isObject !== true) return true;
      this.path.pop();
      frame.awaitsName = true;
    } else return token === ':';
    return true;
  }
}
