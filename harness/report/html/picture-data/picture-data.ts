/** All that the page draws; made once when it is written, and not part of its data. */
import type { ReportContext } from '../../reporter.ts';
import { type HeatMap, heatMap } from './heat.ts';
import { type QuantityPicture, quantityPicture } from './quantities.ts';
import { type TrendPoint, trendOf } from './trend.ts';

export interface PictureData {
  readonly quantities: QuantityPicture | null;
  readonly heat: HeatMap | null;
  readonly trend: readonly TrendPoint[];
}

export const pictureDataOf = ({ checks, result, findings, earlier }: ReportContext): PictureData => ({
  quantities: quantityPicture(checks, result.rootCauses),
  heat: heatMap(findings),
  trend: trendOf(
    earlier.map((run) => run.result),
    result,
  ),
});
