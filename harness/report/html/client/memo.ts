import { Component, type ComponentType, createElement } from 'preact';

/** Renders anew only when a property has changed: a page of rows must not follow every keystroke. */
export function memo<P extends object>(Inner: ComponentType<P>): ComponentType<P> {
  return class extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const before = this.props as Record<string, unknown>;
      return Object.entries(next).some(([name, value]) => before[name] !== value);
    }

    override render() {
      return createElement(Inner, this.props as P);
    }
  };
}
