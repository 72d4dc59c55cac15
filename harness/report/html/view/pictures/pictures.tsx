import type { PictureData as AllPictures } from '../../picture-data/picture-data.ts';
import type { QuantityPicture } from '../../picture-data/quantities.ts';
import { Heat } from './heat.tsx';
import { Quantities } from './quantities.tsx';
import { Trend } from './trend.tsx';

/** Fewer marks than this say nothing that the list does not. */
const LEAST_MARKS = 5;

/** Marks that do not agree: a diagonal alone says nothing. */
const isTelling = (picture: QuantityPicture): boolean =>
  picture.series.some(({ key, count }) => key !== 'match' && count > 0) &&
  picture.series.reduce((sum, { count }) => sum + count, 0) >= LEAST_MARKS;

/** What the eye finds faster than a list: factors, clusters, and whether it gets better; nothing where there is nothing to find. */
export function Pictures({ pictures: { quantities, heat, trend } }: { pictures: AllPictures }) {
  const scatter = quantities !== null && isTelling(quantities) ? quantities : null;
  const clusters = heat !== null && heat.rows.length > 1 ? heat : null;
  if (scatter === null && clusters === null && trend.length < 2) return null;
  return (
    <section aria-labelledby="pictures">
      <h2 id="pictures" tabIndex={-1}>
        Pictures
      </h2>
      <div class="pictures">
        {clusters !== null && <Heat heat={clusters} />}
        {scatter !== null && <Quantities picture={scatter} />}
        <Trend points={trend} />
      </div>
    </section>
  );
}
