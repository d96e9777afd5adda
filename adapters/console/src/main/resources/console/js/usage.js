// The ranges and the series of a chart of usage.
import {filled} from "./chart.js";

/** The most series of a chart. */
export const MAX_SERIES = 8;
const ADDITIVE = ["SUM", "COUNT", "UNIQUE_COUNT"];

/** The relative ranges of an address, with the window that suits each. */
export const RANGES = {
    __proto__: null,
    "24h": {text: "Last 24 hours", days: 1, windowSize: "HOUR"},
    "7d": {text: "Last 7 days", days: 7, windowSize: "DAY"},
    "30d": {text: "Last 30 days", days: 30, windowSize: "DAY"},
    "90d": {text: "Last 90 days", days: 90, windowSize: "DAY"},
    "12m": {text: "Last 12 months", days: 365, windowSize: "MONTH"},
};

/** The end of this minute, in milliseconds. */
export function endOfMinute() {
    return Math.floor(Date.now() / 60_000) * 60_000 + 60_000;
}

/** The points of rows; a window without a row is 0 where the aggregation adds values up. */
function withZeros(points, query, meter) {
    return ADDITIVE.includes(meter.aggregation) ? filled(points, query) : points;
}

/**
 * The series of the rows of a query, those with the largest sums.
 * @param {function(object): string} labelOf the label of the series of a row
 * @returns {{shown: object[], left: number}} left: how many are not shown
 */
export function seriesOf(rows, query, meter, labelOf) {
    const groups = new Map();
    for (const row of rows) {
        const label = labelOf(row);
        const series = groups.get(label) ?? {label, points: [], sum: 0};
        series.points.push([Date.parse(row.windowStart), row.value]);
        series.sum += Math.abs(Number(row.value));
        groups.set(label, series);
    }
    const all = [...groups.values()].sort((a, b) => b.sum - a.sum);
    const shown = all.slice(0, MAX_SERIES).map(({label, points}) => ({label, points: withZeros(points, query, meter)}));
    return {shown, left: all.length - shown.length};
}
