// The usage of one meter in the portal: a chart and a table of the same query, and its CSV.
import {html, useState} from "./view.js";
import {useAction, useLoad} from "./load.js";
import {Chart} from "./chart.js";
import {endOfMinute, MAX_SERIES, seriesOf} from "./usage.js";
import * as format from "./format.js";
import {Button, ErrorNote, Field, Form, Loaded, Section, Table} from "./ui.js";

const DAY = 86_400_000;
/** The ranges, each with windows that give a chart that can be read. */
const RANGES = {
    "24h": {text: "Last 24 hours", days: 1, sizes: ["HOUR", "MINUTE"]},
    "7d": {text: "Last 7 days", days: 7, sizes: ["DAY", "HOUR"]},
    "30d": {text: "Last 30 days", days: 30, sizes: ["DAY", "HOUR"]},
    "12m": {text: "Last 12 months", days: 365, sizes: ["MONTH", "DAY"]},
};
const SIZE_NAMES = {MINUTE: "Minute", HOUR: "Hour", DAY: "Day", MONTH: "Month"};
const ROWS = 7;

function startOf(to, {days}, windowSize, timeZone) {
    if (windowSize === "MONTH") {
        const [year, month] = format.toLocal(to, timeZone).split("-").map(Number);
        return format.fromLocal(new Date(Date.UTC(year, month - 12, 1)).toISOString().slice(0, 10), timeZone);
    }
    return windowSize === "DAY" ? format.startOfDay(to, 1 - days, timeZone) : to - days * DAY;
}

/** The query of the chosen range, until the next full minute. */
function queryOf({range, windowSize}) {
    const timeZone = format.queryZone();
    const to = endOfMinute();
    return {from: startOf(to, RANGES[range], windowSize, timeZone), to, windowSize, timeZone};
}

function parametersOf(meterSlug, {from, to, windowSize, timeZone}, groupBy) {
    return {meterSlug, from: format.rfc3339(from), to: format.rfc3339(to), windowSize, windowTimeZone: timeZone, groupBy};
}

function Rows({rows, query, meter, groupBy}) {
    const [count, setCount] = useState(ROWS);
    return html`<${Table} caption=${"Usage of " + meter.name} rows=${rows.slice(-count).reverse()}
        empty="There is no usage in this range."
        columns=${[
            {title: SIZE_NAMES[query.windowSize], wide: true, value: row => format.windowStart(row.windowStart, query.windowSize, query.timeZone)},
            ...(groupBy ? [{title: groupBy, value: row => row.groupBy?.[groupBy] || "(none)"}] : []),
            {title: "Usage", number: true, value: row => format.quantity(row.value)},
        ]}/>
        ${rows.length > count && html`<div class="actions"><${Button} onClick=${() => setCount(count * 5)}>Show more<//>
            <span class="note">${format.quantity(count)} of ${format.quantity(rows.length)} rows, the latest first</span></div>`}`;
}

function Meter({client, meter, meters, onMeter}) {
    const [range, setRange] = useState("30d");
    const [size, setSize] = useState(null);
    const [groupBy, setGroupBy] = useState("");
    const windowSize = RANGES[range].sizes.includes(size) ? size : RANGES[range].sizes[0];
    const load = useLoad(async signal => {
        const query = queryOf({range, windowSize});
        const parameters = parametersOf(meter.slug, query, groupBy);
        const [windows, total] = await Promise.all([
            client.call("queryPortalMeter", parameters, {signal}),
            client.call("queryPortalMeter", {...parameters, windowSize: null, windowTimeZone: null, groupBy: null}, {signal}),
        ]);
        return {rows: windows.data, total: total.data[0]?.value, query, groupBy};
    }, [range, windowSize, groupBy]);
    const csv = useAction(() => client.download("queryPortalMeter",
        parametersOf(meter.slug, queryOf({range, windowSize}), groupBy), {accept: "text/csv", filename: meter.slug + ".csv"}));
    return html`<${Form} label="Choose what is shown">
            ${meters.length > 1 && html`<${Field} label="Meter" value=${meter.slug} onChange=${onMeter}
                options=${meters.map(one => ({value: one.slug, text: one.name}))}/>`}
            <${Field} label="Range" value=${range} onChange=${chosen => { setRange(chosen); setSize(null); }} options=${Object.entries(RANGES).map(([value, {text}]) => ({value, text}))}/>
            <${Field} label="Window" value=${windowSize} onChange=${setSize} options=${RANGES[range].sizes.map(value => ({value, text: SIZE_NAMES[value]}))}/>
            ${meter.groupBy.length > 0 && html`<${Field} label="Group by" value=${groupBy} onChange=${setGroupBy}
                options=${[{value: "", text: "Nothing"}, ...meter.groupBy]}/>`}
        <//>
        <${Section} title=${meter.name} actions=${html`<${Button} busy=${csv.running} onClick=${csv.run}>Download CSV<//>`}>
            <${ErrorNote} error=${csv.error}/>
            <${Loaded} load=${load} label="Loading the usage">${data => {
                const {shown, left} = seriesOf(data.rows, data.query, meter,
                    row => data.groupBy ? row.groupBy?.[data.groupBy] || "(none)" : meter.name);
                return html`
                    <p class="note">${data.total !== undefined && html`<b>${format.quantity(data.total)}</b> from `}
                        ${format.minute(data.query.from, data.query.timeZone)} to ${format.minute(data.query.to, data.query.timeZone)}, ${data.query.timeZone}.
                        ${left > 0 && ` The chart shows the ${MAX_SERIES} largest groups; ${format.quantity(left)} more are in the table.`}</p>
                    ${shown.length > 0 && html`<${Chart} title=${meter.name} series=${shown} kind=${shown.length === 1 ? "bars" : "line"}
                        timeZone=${data.query.timeZone} windowSize=${data.query.windowSize} table=${false}/>`}
                    <${Rows} rows=${data.rows} query=${data.query} meter=${meter} groupBy=${data.groupBy}/>`;
            }}<//>
        <//>`;
}

/** The meters of the token, of which one is shown. */
export function Usage({client}) {
    const [slug, setSlug] = useState(null);
    const load = useLoad(signal => client.call("listPortalMeters", {}, {signal}), []);
    return html`<${Loaded} load=${load} label="Loading the meters">${meters => {
        const meter = meters.find(one => one.slug === slug) ?? meters[0];
        return meter
            ? html`<${Meter} key=${meter.slug} client=${client} meter=${meter} meters=${meters} onMeter=${setSlug}/>`
            : html`<p class="note">There is no usage to show yet.</p>`;
    }}<//>`;
}
