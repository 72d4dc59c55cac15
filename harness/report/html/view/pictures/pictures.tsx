import type { Pictures as AllPictures } from '../../pictures/pictures.ts';
import { CauseMoney } from './cause-money.tsx';
import { Heat } from './heat.tsx';
import { Quantities } from './quantities.tsx';
import { Trend } from './trend.tsx';

/** What the eye finds faster than a list: factors, clusters, where the money is, and whether it gets better. */
export function Pictures({ pictures: { quantities, heat, money, trend } }: { pictures: AllPictures }) {
  if (quantities === null && heat === null && money.length === 0 && trend.length < 2) return null;
  return (
    <section aria-labelledby="pictures">
      <h2 id="pictures" tabIndex={-1}>
        Pictures
      </h2>
      <div class="pictures">
        <div class="stack">
          {quantities !== null && <Quantities picture={quantities} />}
          <Trend points={trend} />
        </div>
        <div class="stack">{heat !== null && <Heat heat={heat} />}</div>
      </div>
      {money.length > 0 && <CauseMoney currencies={money} />}
    </section>
  );
}
