/** What is told as names and texts, side by side. */
export const FactList = ({ facts }: { facts: readonly (readonly [name: string, text: string])[] }) => (
  <dl class="facts">
    {facts.map(([name, text]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>
          <bdi>{text}</bdi>
        </dd>
      </div>
    ))}
  </dl>
);
