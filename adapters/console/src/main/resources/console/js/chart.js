// Charts over time with uPlot, which draws on a canvas. Screen readers get a table.
import uPlot from "../lib/uplot.js";
import {html, useEffect, useRef, useState} from "./view.js";
import {onChange, zone as chosenZone} from "./session.js";
import * as format from "./format.js";

const HEIGHT = 260;
const COLORS = 8;
const HOUR = 3600;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;
const YEAR = 365 * DAY;
/** The distances of labels of times, in seconds; the library begins months and years at their first day. */
const INCREMENTS = [60, 300, 600, 900, 1800, ...[1, 2, 3, 4, 6, 8, 12].map(count => count * HOUR),
    ...[1, 2, 3, 5, 7, 10, 15].map(count => count * DAY), ...[1, 2, 3, 6].map(count => count * MONTH), ...[1, 2, 5, 10].map(count => count * YEAR)];
const LEAST = {MINUTE: 60, HOUR, DAY, MONTH};
/** The width of a label of a time, in pixels. */
const LABEL_WIDTH = 72;

/** The color of a series, which the style sheet defines. */
export function color(index) {
    const probe = document.createElement("i");
    probe.className = "series-" + (index % COLORS);
    document.body.append(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
}

function colorOf(element, name) {
    const probe = document.createElement("i");
    probe.className = "color-" + name;
    element.append(probe);
    const value = getComputedStyle(probe).color;
    probe.remove();
    return value;
}

/** The points of all series on one axis of times: [[seconds], [values of the first series], …]. */
function aligned(series) {
    const times = [...new Set(series.flatMap(one => one.points.map(([at]) => at)))].sort((a, b) => a - b);
    const index = new Map(times.map((at, position) => [at, position]));
    const columns = series.map(one => {
        const values = new Array(times.length).fill(null);
        one.points.forEach(([at, value]) => { values[index.get(at)] = Number(value); });
        return values;
    });
    return [times.map(at => at / 1000), ...columns];
}

/** The least distance of two points, in seconds. */
function gap(points) {
    let least = points.length > 1 ? Infinity : 3_600_000;
    for (let index = 1; index < points.length; index++) {
        least = Math.min(least, points[index][0] - points[index - 1][0]);
    }
    return least / 1000;
}

/** The label of a time in the locale of the browser; the first time and each midnight also have their date. */
function labelOf(at, increment, timeZone, isFirst) {
    if (increment >= DAY) {
        return format.axis(at, increment >= YEAR ? "year" : increment >= MONTH ? "month" : "day", timeZone);
    }
    const isMidnight = format.startOfDay(at, 0, timeZone) === at;
    return format.axis(at, "time", timeZone) + (isFirst || isMidnight ? "\n" + format.axis(at, "day", timeZone) : "");
}

/** The range of a chart, which contains 0 and all values. */
export function rangeOf(_plot, min, max) {
    const [low, high] = [Math.min(0, min ?? 0) * 1.05, Math.max(0, max ?? 0) * 1.05];
    return low === high ? [0, 1] : [low, high];
}

function options({element, series, kind, timeZone, windowSize, width, titleOf}) {
    const text = colorOf(element, "muted");
    const grid = colorOf(element, "line");
    const axis = {stroke: text, grid: {stroke: grid, width: 1}, ticks: {stroke: grid, width: 1}, font: "12px system-ui"};
    const bars = kind === "bars" && series.length === 1 ? uPlot.paths.bars({size: [0.7, 60], align: 1}) : undefined;
    return {
        width,
        height: HEIGHT,
        tzDate: seconds => uPlot.tzDate(new Date(seconds * 1000), timeZone),
        cursor: {y: false},
        legend: {live: true},
        // A bar begins at its time, so the last one needs room.
        scales: {x: {range: (_, min, max) => bars ? [min, max + gap(series[0].points)] : [min, max]}, y: {range: rangeOf}},
        axes: [{
            ...axis, space: LABEL_WIDTH, incrs: INCREMENTS.filter(increment => increment >= LEAST[windowSize]),
            values: (_, ticks, _axis, _space, increment) => ticks.map((seconds, index) => labelOf(seconds * 1000, increment, timeZone, index === 0)),
        }, {...axis, size: 56, values: (_, ticks) => ticks.map(format.compact)}],
        series: [
            {label: "Time", value: (_, seconds) => seconds === null ? "–" : titleOf(seconds * 1000)},
            ...series.map((one, position) => ({
                label: one.label,
                stroke: color(position),
                fill: bars ? color(position) : undefined,
                width: 2,
                dash: one.dashed ? [6, 4] : undefined,
                paths: bars,
                points: {show: kind !== "bars" && series[position].points.length < 60},
                spanGaps: true,
                value: (_, value) => value === null ? "–" : format.quantity(value),
            })),
        ],
    };
}

/**
 * A chart of values over time, with the same values as a table below it.
 * @param {{title: string, series: Array<{label: string, points: Array<[number, number|string]>, dashed?: boolean}>,
 *     kind?: "bars"|"line", timeZone?: string, windowSize?: "MINUTE"|"HOUR"|"DAY"|"MONTH", table?: boolean}} properties
 *     points: milliseconds and value. kind: bars apply to one series; several series are lines. windowSize: how times are
 *     written. table: whether the table is offered; false where the page has one
 */
export function Chart({title, series, kind = "bars", timeZone = chosenZone(), windowSize = "MINUTE", table = true}) {
    const place = useRef(null);
    const [drawn, redraw] = useState(0);
    const titleOf = at => format.windowStart(at, windowSize, timeZone);
    useEffect(() => {
        const element = place.current;
        const plot = new uPlot(
            options({element, series, kind, timeZone, windowSize, titleOf, width: Math.max(200, element.clientWidth)}), aligned(series), element);
        const observer = new ResizeObserver(() => {
            const width = Math.max(200, element.clientWidth);
            if (width !== plot.width) {
                plot.setSize({width, height: HEIGHT});
            }
        });
        observer.observe(element);
        return () => {
            observer.disconnect();
            plot.destroy();
        };
    }, [JSON.stringify(series), kind, timeZone, windowSize, drawn]);
    useEffect(() => {
        const again = () => redraw(before => before + 1);
        const dark = matchMedia("(prefers-color-scheme: dark)");
        dark.addEventListener("change", again);
        const stop = onChange(again);
        return () => {
            dark.removeEventListener("change", again);
            stop();
        };
    }, []);
    const points = series.reduce((sum, one) => sum + one.points.length, 0);
    return html`<figure class="chart" aria-label=${title}>
        <div ref=${place} role="img" aria-label=${`${title}: a chart of ${points} values. ${table ? "The table below has the same values." : ""}`}></div>
        ${table && html`<details><summary>Show values as a table</summary>
            <${Values} title=${title} series=${series} titleOf=${titleOf}/></details>`}
    </figure>`;
}

function Values({title, series, titleOf}) {
    const [times, ...columns] = aligned(series);
    return html`<div class="scroll" tabindex="0" role="region" aria-label=${title + ", values"}><table>
        <caption class="hidden">${title}</caption>
        <thead><tr><th scope="col">Time</th>${series.map(one => html`<th scope="col" class="number">${one.label}</th>`)}</tr></thead>
        <tbody>${times.map((seconds, row) => html`<tr><td>${titleOf(seconds * 1000)}</td>
            ${columns.map(values => html`<td class="number">${values[row] === null ? "–" : format.quantity(values[row])}</td>`)}</tr>`)}</tbody>
    </table></div>`;
}

const MAX_FILLED = 5000;

/** The start of the next window. */
function next(at, size, timeZone) {
    if (size === "MONTH") {
        const [year, month] = format.toLocal(at, timeZone).split("-").map(Number);
        const first = month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, "0")}-01`;
        return format.fromLocal(first, timeZone);
    }
    return size === "DAY" ? format.startOfDay(at, 1, timeZone) : at + (size === "HOUR" ? 3_600_000 : 60_000);
}

/**
 * The points with a zero for each window without a row, because a sum or count without events is zero.
 * @param {Array<[number, number]>} points ascending. @param {{from: number, to: number, windowSize: string, timeZone: string}} query
 */
export function filled(points, {from, to, windowSize, timeZone}) {
    if (points.length === 0) {
        return points;
    }
    const values = new Map(points);
    const day = format.startOfDay(from, 0, timeZone);
    let at = windowSize === "MONTH" ? format.fromLocal(format.toLocal(from, timeZone).slice(0, 7) + "-01", timeZone)
        : windowSize === "DAY" ? day : day + Math.floor((from - day) / (windowSize === "HOUR" ? 3_600_000 : 60_000)) * (windowSize === "HOUR" ? 3_600_000 : 60_000);
    const result = [];
    for (; at < to && result.length < MAX_FILLED; at = next(at, windowSize, timeZone)) {
        result.push([at, values.get(at) ?? 0]);
        values.delete(at);
    }
    return values.size > 0 ? points : result;
}
