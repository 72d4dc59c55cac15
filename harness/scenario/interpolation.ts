/** `${NAME}` inside a text; `$${` stands for `${` itself. */

const PLACE = /\$\$\{|\$\{([^}]*)\}?/g;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

export interface Interpolated {
  /** With the values put in. Where a variable is missing its place is left as it was. */
  readonly text: string;
  /** Names used, in order, missing ones too. */
  readonly names: readonly string[];
  readonly missing: readonly string[];
  /** Places such as `${}`, `${A-B}` or an unclosed `${`. */
  readonly malformed: readonly string[];
}

/** @param lookup value of a variable, or undefined if there is none. */
export function interpolate(text: string, lookup: (name: string) => string | undefined): Interpolated {
  const names: string[] = [];
  const missing: string[] = [];
  const malformed: string[] = [];
  const replaced = text.replace(PLACE, (place: string, name: string | undefined) => {
    if (place === '$${') return '${';
    if (name === undefined || !place.endsWith('}') || !NAME.test(name)) {
      malformed.push(place);
      return place;
    }
    names.push(name);
    const value = lookup(name);
    if (value === undefined) missing.push(name);
    return value ?? place;
  });
  return { text: replaced, names, missing, malformed };
}
